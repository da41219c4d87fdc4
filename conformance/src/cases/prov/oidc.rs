//! An OpenID Connect issuer's JWTs: access tokens and no ID tokens, never shown to the issuer unless
//! that was chosen, with roles where the issuer has them.

use auth_core::Algorithm;
use serde_json::json;

use super::oidc_opaque::as_client;
use super::{must_not_start, must_refuse_algorithms, seen_by_handler};
use crate::bench::require;
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need, Sample};
use crate::idp::Reply;
use crate::idp::oidc::{CLIENT_ID, CLIENT_SECRET};

const OIDC: &[Need] = &[Need::Vendor("oidc")];

pub(super) const CASES: &[Case] = &[
    Case::must("prov-oidc-id-token", "An ID token in place of an access token", Critical)
        .refs(&["RFC 8725 §3.12", "RFC 9068 §5", "OpenID Connect Core §2"])
        .sends("Genuine ID tokens: for the application, and with the API as audience.")
        .why("It says who logged in to an application, not what that may do at the API.")
        .needs(OIDC)
        .refused(|forge| {
            let bound = |claim: &str| {
                Sample::new(claim, forge.good().without("scope").claim(claim, "x").sign())
            };
            vec![
                Sample::new("for the application", forge.good().claim("aud", "shop").sign()),
                bound("nonce"),
                bound("at_hash"),
                bound("c_hash"),
                Sample::new("typ ID", forge.good().claim("typ", "ID").sign()),
                Sample::new("token_use id", forge.good().claim("token_use", "id").sign()),
            ]
        }),
    Case::must("prov-oidc-jwt-stays-here", "A JWT is verified here", High)
        .refs(&["RFC 7662 §4"])
        .sends("Good, expired and forged JWTs, a JWT in five parts and one whose header is torn.")
        .expects("accepted and refused without a question to the issuer")
        .why("Whoever is refused here could be accepted there, and each question costs a request.")
        .needs(OIDC)
        .scene(|bench| {
            Box::pin(async move {
                as_client(bench)?;
                bench.control().await?;
                let draft = bench.forge.good();
                let expired = draft.clone().claim("exp", bench.forge.at(-600)).sign();
                let forged = draft.clone().signed_by(&bench.forge.keys.stranger).sign();
                let torn = format!("x{}", draft.sign());
                let five = format!("{}.a.b", draft.sign());
                let two = draft.signing_input();
                for (label, token) in [
                    ("expired", expired),
                    ("forged", forged),
                    ("torn", torn),
                    ("five parts", five),
                    ("two parts", two),
                ] {
                    bench.must_refuse(label, &token).await?;
                }
                let asked = bench.issuer.calls("introspection");
                require(asked == 0, || format!("it asked the issuer {asked} times"))
            })
        }),
    Case::must("prov-oidc-roles", "Roles where the issuer has them", Medium)
        .refs(&["RFC 6901 §3"])
        .sends("A token with roles at two places, one of them configured.")
        .expects("the roles of that place and of no other")
        .why("Issuers have no common name for roles; one that nobody configured gives none.")
        .needs(OIDC)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good_token();
                let user = seen_by_handler(bench, "as it is", &token).await?;
                let is_clerk = user.has_role("clerk") && !user.has_role("manager");
                require(is_clerk, || "the roles are not those of `roles`".to_owned())?;
                let path = "/realm_access/roles";
                bench.restart_with([("roles_claim", path), ("scope_claim", "scp")])?;
                let token = bench.forge.good().claim("scp", json!(["orders:write"])).sign();
                let user = seen_by_handler(bench, "elsewhere", &token).await?;
                let is_manager = user.has_role("manager") && !user.has_role("clerk");
                require(is_manager, || format!("the roles are not those of {path}"))?;
                let is_write = user.has_scope("orders:write") && !user.has_scope("orders:read");
                require(is_write, || "the scopes are not those of `scp`".to_owned())
            })
        }),
    Case::must("prov-oidc-revoked-jwt", "A JWT that was revoked", High)
        .refs(&["RFC 7662 §2.2", "RFC 7009 §2"])
        .sends("With both checks chosen: good, revoked and forged JWTs, and an issuer in trouble.")
        .expects("accepted, 401, 401 without a question, 503")
        .why("A signature says what was true; the issuer says whether it still is.")
        .needs(OIDC)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([
                    ("client_id", CLIENT_ID),
                    ("client_secret", CLIENT_SECRET),
                    ("introspect_jwts", "true"),
                ])?;
                bench.control().await?;
                require(bench.issuer.calls("introspection") == 1, || "not asked".to_owned())?;
                let forged = bench.forge.good().signed_by(&bench.forge.keys.stranger).sign();
                bench.must_refuse("forged", &forged).await?;
                require(bench.issuer.calls("introspection") == 1, || "asked".to_owned())?;
                let token = bench.forge.good().claim("jti", "2").sign();
                bench.issuer.set_fact("revoked", token.as_str());
                bench.must_refuse("revoked", &token).await?;
                bench.issuer.misbehave("introspection", Reply::text(500, "text/plain", "oops"));
                let token = bench.forge.good().claim("jti", "3").sign();
                bench.must_be_unavailable("in trouble", &token).await
            })
        }),
    Case::must("prov-oidc-algorithm", "An algorithm that was not agreed on", Critical)
        .refs(&["RFC 8725 §3.1"])
        .sends("A key set that also holds keys of other kinds, and correct tokens of them.")
        .expects("refused with 401; good tokens still work")
        .why("What the issuer publishes does not widen what the verifier accepts.")
        .needs(OIDC)
        .scene(|bench| {
            Box::pin(async move { must_refuse_algorithms(bench, &[Algorithm::ES256K]).await })
        }),
    Case::must("prov-oidc-configuration", "Options that contradict each other", High)
        .refs(&["RFC 8725 §2.1"])
        .sends("An algorithm of shared secrets; an issuer that is no URL or has a query.")
        .expects("it does not start, and says why")
        .why("A public key must never serve as a secret.")
        .needs(OIDC)
        .scene(|bench| {
            Box::pin(async move {
                must_not_start(bench, [("algorithms", "HS256")], "HS256")?;
                must_not_start(bench, [("client_id", "orders-api")], "both or neither")?;
                must_not_start(bench, [("introspect_jwts", "true")], "needs client_id")?;
                must_not_start(bench, [("algorithms", "none")], "expected one of")?;
                must_not_start(bench, [("issuer", "login.acme.example")], "no URL")?;
                must_not_start(bench, [("issuer", "http://login.acme.example")], "https")?;
                must_not_start(bench, [("issuer", "https://login.acme.example?x=1")], "query")
            })
        }),
];
