//! An OpenID Connect issuer's opaque tokens: only it can read them, so it is asked (RFC 7662).

use serde_json::{Value, json};

use super::seen_by_handler;
use crate::bench::{Bench, require};
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need};
use crate::idp::oidc::{CLIENT_ID, CLIENT_SECRET};
use crate::idp::{Purpose, Reply};
use crate::verdict::Stop;

const OIDC: &[Need] = &[Need::Vendor("oidc")];

/// As issuers write them.
const OPAQUE: &str = "2YotnFZFEjr1zCsicMWpAA-2YotnFZFEjr1zCsicMWpAA";

/// Starts the subject anew as a client of the issuer.
pub(super) fn as_client(bench: &mut Bench) -> Result<(), Stop> {
    bench.restart_with([("client_id", CLIENT_ID), ("client_secret", CLIENT_SECRET)])
}

/// A good answer about it.
fn answer(bench: &Bench) -> Value {
    json!({
        "active": true,
        "iss": bench.forge.issuer,
        "aud": bench.forge.audience,
        "sub": "user-1",
        "client_id": "shop",
        "token_type": "Bearer",
        "exp": bench.forge.at(300),
        "scope": "orders:read",
        "roles": ["clerk"],
    })
}

/// The issuer says this of a token with this text, which must be refused.
async fn must_refuse_as(bench: &mut Bench, token: &str, said: &Value) -> Result<(), Stop> {
    bench.issuer.set_fact(token, said.clone());
    bench.must_refuse(token, token).await
}

/// With one member changed.
fn changed(said: &Value, name: &str, value: Value) -> Value {
    let mut said = said.clone();
    said[name] = value;
    said
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-oidc-opaque", "An opaque token", High)
        .refs(&["RFC 7662 §2"])
        .sends(
            "An opaque token that the issuer says is good, twice, and one that it does not know.",
        )
        .expects("accepted as whom the issuer says, with one question; refused with 401")
        .why("Only the issuer can read it, and it need not be asked about every request.")
        .needs(OIDC)
        .scene(|bench| {
            Box::pin(async move {
                bench.must_refuse("no client", OPAQUE).await?;
                as_client(bench)?;
                bench.issuer.set_fact(OPAQUE, answer(bench));
                let user = seen_by_handler(bench, "good", OPAQUE).await?;
                let is_read = user.has_scope("orders:read") && user.has_role("clerk");
                require(is_read, || "a scope or a role is not seen".to_owned())?;
                bench.must_allow("again", OPAQUE).await?;
                let asked = bench.issuer.calls("introspection");
                require(asked == 1, || format!("it asked {asked} times"))?;
                bench.must_refuse("unknown", "9vT3kQ1xW8rB2mZ6").await?;
                require(bench.issuer.fetches() == 0, || "it asked for keys".to_owned())?;
                bench.must_not_have_strayed()
            })
        }),
    Case::must("prov-oidc-opaque-rules", "An opaque token that is not for us", Critical)
        .refs(&["RFC 7662 §4", "RFC 8725 §3.9"])
        .sends("Active tokens for another audience, of another issuer, expired, of another kind.")
        .expects("refused with 401")
        .why("The issuer says that a token is good; whether it is good here is asked here.")
        .needs(OIDC)
        .scene(|bench| {
            Box::pin(async move {
                as_client(bench)?;
                let good = answer(bench);
                for (token, name, value) in [
                    ("another-audience", "aud", json!("https://other.example")),
                    ("no-audience", "aud", Value::Null),
                    ("another-issuer", "iss", json!("https://evil.example")),
                    ("expired", "exp", bench.forge.at(-600)),
                    ("refresh-token", "token_use", json!("refresh")),
                    ("id-token", "nonce", json!("n")),
                    ("not-active", "active", json!(false)),
                ] {
                    must_refuse_as(bench, token, &changed(&good, name, value)).await?;
                }
                must_refuse_as(bench, "inactive", &json!({"active": false})).await
            })
        }),
    Case::must("prov-oidc-opaque-outage", "Nobody can say what an opaque token is", High)
        .refs(&["RFC 7662 §2.3"])
        .sends("An opaque token while the issuer fails, refuses our secret, or says nonsense.")
        .expects("503, and accepted once it can be")
        .why("The caller may be right, and must neither be let in nor be told to log in again.")
        .needs(OIDC)
        .scene(|bench| {
            Box::pin(async move {
                as_client(bench)?;
                bench.issuer.set_fact(OPAQUE, answer(bench));
                for (label, reply) in [
                    ("500", Reply::text(500, "text/plain", "oops")),
                    (
                        "our secret is refused",
                        Reply::json(401, &json!({"error": "invalid_client"})),
                    ),
                    ("HTML", Reply::text(200, "text/html", "<p>Sign in</p>")),
                    ("no `active`", Reply::json(200, &json!({"sub": "user-1"}))),
                    ("`active` is a text", Reply::json(200, &json!({"active": "true"}))),
                    ("cut", Reply::json(200, &answer(bench)).cut()),
                ] {
                    bench.issuer.misbehave("introspection", reply);
                    bench.must_be_unavailable(label, OPAQUE).await?;
                    bench.advance(2);
                }
                bench.issuer.behave("introspection");
                bench.must_allow("well again", OPAQUE).await
            })
        }),
    Case::must("prov-oidc-endpoint", "Where the issuer says that it can be asked", Critical)
        .refs(&["RFC 8414 §2", "RFC 8414 §6.2"])
        .sends("Descriptions without the endpoint, with one in a network of ours, not over TLS.")
        .expects("503, and nobody is asked")
        .why("The secret of this server goes to that address.")
        .needs(OIDC)
        .scene(|bench| {
            Box::pin(async move {
                as_client(bench)?;
                bench.issuer.set_fact(OPAQUE, answer(bench));
                let place = bench.profile.discovery_url.clone().unwrap_or_default();
                for endpoint in [
                    Value::Null,
                    json!("https://127.0.0.1/introspect"),
                    json!("https://10.0.0.7/introspect"),
                    json!("http://login.acme.example/tenant/introspect"),
                    json!("https://user:pass@login.acme.example/tenant/introspect"),
                ] {
                    let description = json!({
                        "issuer": bench.forge.issuer,
                        "jwks_uri": "https://login.acme.example/keys",
                        "introspection_endpoint": endpoint,
                    });
                    bench.issuer.describe(place.clone(), Reply::json(200, &description));
                    bench.must_be_unavailable(&endpoint.to_string(), OPAQUE).await?;
                    bench.advance(2);
                }
                require(bench.issuer.calls("introspection") == 0, || "it asked".to_owned())?;
                bench.must_not_have_strayed()
            })
        }),
    Case::must("prov-oidc-secret", "The secret of this server", Critical)
        .refs(&["RFC 7662 §4", "RFC 6749 §2.3.1"])
        .sends("A JWT and an opaque token.")
        .expects("the secret goes to the introspection endpoint alone")
        .why("Whoever has it can ask about everybody's tokens.")
        .needs(OIDC)
        .scene(|bench| {
            Box::pin(async move {
                as_client(bench)?;
                bench.issuer.set_fact(OPAQUE, answer(bench));
                bench.control().await?;
                bench.must_allow("opaque", OPAQUE).await?;
                let asked = bench.issuer.asked();
                let is_meant = |purpose| purpose == Purpose::Endpoint("introspection");
                let mut shown = asked.iter().filter(|asked| asked.holds(CLIENT_SECRET));
                require(shown.all(|asked| is_meant(asked.purpose)), || "it went astray".to_owned())
            })
        }),
    Case::must("prov-oidc-opaque-flood", "Opaque tokens while the issuer is away", Medium)
        .refs(&["RFC 7662 §4"])
        .sends("Twenty made-up opaque tokens in a row while the description cannot be had.")
        .expects("503, and at most two requests")
        .why("Strangers must not make this server knock at a door that is shut.")
        .needs(OIDC)
        .scene(|bench| {
            Box::pin(async move {
                as_client(bench)?;
                let place = bench.profile.discovery_url.clone().unwrap_or_default();
                bench.issuer.describe(place, Reply::text(500, "text/plain", "oops"));
                for number in 0..20 {
                    let token = format!("made-up-{number}");
                    let answer = bench.subject().ask(&token).await;
                    require(answer.is_unavailable(), || format!("{token}: {answer}"))?;
                }
                let readings = bench.issuer.readings();
                require(readings <= 2, || format!("it asked {readings} times"))
            })
        }),
];
