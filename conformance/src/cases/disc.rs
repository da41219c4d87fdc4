//! An issuer that says itself where its keys are: what it is asked, how often, and what else it may
//! say without effect.

use serde_json::{Value, json};

use super::jwks::{COOLDOWN, LIFETIME, herd, new_key, publish_besides, token_of};
use crate::bench::{Bench, require};
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, DISCOVERED};
use crate::idp::Reply;
use crate::verdict::Stop;

/// Longer than any description is trusted without asking again.
pub(super) const DOCUMENT_LIFETIME: u64 = 90_000;

/// What the issuer says of itself.
pub(super) fn description(bench: &Bench) -> Value {
    let (host, path) = bench.profile.key_url.clone().unwrap_or_default();
    json!({"issuer": bench.forge.issuer, "jwks_uri": format!("https://{host}{path}")})
}

/// The issuer answers this when it is asked to describe itself.
pub(super) fn describe(bench: &Bench, reply: Reply) {
    bench.issuer.describe(bench.profile.discovery_url.clone().unwrap_or_default(), reply);
}

/// The issuer says this of itself.
pub(super) fn describe_as(bench: &Bench, description: &Value) {
    describe(bench, Reply::text(200, "application/json", description.to_string()));
}

pub(super) const CASES: &[Case] = &[
    Case::must("disc-openid-configuration", "The description leads to the keys", High)
        .refs(&["OpenID Connect Discovery §4", "RFC 8414 §3"])
        .sends("A hundred good tokens.")
        .expects("accepted after one request for the description and one for keys")
        .why("Both are asked for once; no token waits for what is known.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good_token();
                for _ in 0..100 {
                    bench.must_allow("good", &token).await?;
                }
                bench.must_have_fetched(1)?;
                must_have_read(bench, 1)?;
                bench.must_not_have_strayed()
            })
        }),
    Case::must("disc-singleflight-cached", "Many first callers ask for one description", Medium)
        .refs(&["CWE-400"])
        .sends("64 good tokens at the same time, before anything was fetched.")
        .expects("all accepted after one request for the description and one for keys")
        .why("After a restart everybody comes at once.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good_token();
                let answers = herd(bench, 64, &token).await;
                let refused = answers.iter().find(|answer| !answer.is_allowed());
                require(refused.is_none(), || format!("one of 64 got {refused:?}"))?;
                bench.must_have_fetched(1)?;
                must_have_read(bench, 1)
            })
        }),
    Case::must("disc-failure-not-cached", "A description that failed is asked for again", Medium)
        .refs(&["RFC 9110 §15.6.4"])
        .sends("Good tokens while the description cannot be had, and after it.")
        .expects("503, and accepted once it can")
        .why("Nobody should have to restart anything.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                describe(bench, Reply::text(500, "text/plain", "oops"));
                let token = bench.forge.good_token();
                bench.must_be_unavailable("during", &token).await?;
                let fetches = bench.issuer.fetches();
                require(fetches == 0, || format!("it asked for keys {fetches} times"))?;
                describe_as(bench, &description(bench));
                bench.advance(2);
                bench.control().await
            })
        }),
    Case::must("disc-outage-keeps-keys", "The description is down, keys are known", High)
        .refs(&["RFC 9111 §4.2.4"])
        .sends("Good tokens, under a new key as well, while the description cannot be had.")
        .expects("accepted")
        .why("Where the keys are was known a minute ago, and they are still there.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                describe(bench, Reply::text(500, "text/plain", "oops"));
                bench.advance(LIFETIME);
                let token = bench.forge.good_token();
                bench.must_allow("known key", &token).await?;
                let key = new_key(bench);
                publish_besides(bench, &key);
                bench.advance(COOLDOWN);
                let token = token_of(bench, &key);
                bench.must_allow("new key", &token).await
            })
        }),
    Case::must("disc-alg-values-do-not-widen", "Algorithms that the description lists", Critical)
        .refs(&["RFC 8725 §3.1"])
        .sends("A description that lists `none`, HS256 and more, and tokens signed so.")
        .expects("refused with 401; good tokens accepted")
        .why("What is accepted is the server's choice, not its issuer's.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                let mut told = description(bench);
                for list in [
                    "id_token_signing_alg_values_supported",
                    "token_endpoint_auth_signing_alg_values_supported",
                    "request_object_signing_alg_values_supported",
                ] {
                    told[list] = json!(["none", "HS256", "HS512", "RS256", "ES256", "EdDSA"]);
                }
                describe_as(bench, &told);
                bench.control().await?;
                let draft = bench.forge.good();
                let unsigned = draft.clone().header("alg", "none").with_signature(&[]);
                bench.must_refuse("unsigned", &unsigned).await?;
                for algorithm in [auth_core::Algorithm::HS256, auth_core::Algorithm::HS512] {
                    let token = draft.clone().with_mac(algorithm, b"");
                    bench.must_refuse(algorithm.name(), &token).await?;
                }
                bench.control().await
            })
        }),
    Case::should("disc-jwks-uri-changes", "Keys that moved", Medium)
        .refs(&["OpenID Connect Discovery §4.3"])
        .sends("A good token after the keys moved and the description said so, days later.")
        .expects("accepted, and the old address left alone")
        .why("Issuers move their keys, and say so in one place.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let (host, _) = bench.profile.key_url.clone().unwrap_or_default();
                let mut told = description(bench);
                told["jwks_uri"] = json!(format!("https://{host}/moved/keys.json"));
                describe_as(bench, &told);
                bench.issuer.move_keys("/moved/keys.json");
                bench.advance(DOCUMENT_LIFETIME);
                let token = bench.forge.good_token();
                bench.must_allow("after the move", &token).await?;
                let asked = bench.issuer.asked();
                let last = asked.last().map_or("", |asked| asked.path.as_str());
                require(last == "/moved/keys.json", || format!("it asked {last} last"))?;
                require(asked.len() == 4, || format!("it asked {} times", asked.len()))
            })
        }),
];

fn must_have_read(bench: &Bench, times: usize) -> Result<(), Stop> {
    let readings = bench.issuer.readings();
    require(readings == times, || {
        format!("expected {times} requests for the description, saw {readings}")
    })
}
