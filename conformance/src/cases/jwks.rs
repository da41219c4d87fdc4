//! Fetching keys: once, for all who wait, and again when they change.

use futures_util::future::{join, join_all};
use serde_json::json;

use crate::bench::{Bench, require};
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, FETCHED};
use crate::forge::SigningKey;
use crate::idp::{Asked, Purpose, Reply};
use crate::subject::Answer;
use crate::tls::Delivery;

/// Longer than any verifier waits between two requests that strangers can cause.
pub(super) const COOLDOWN: u64 = 120;

/// Longer than keys are trusted without asking again.
pub(super) const LIFETIME: u64 = 3700;

pub(super) fn token_of(bench: &Bench, key: &SigningKey) -> String {
    bench.forge.good().header("kid", key.id()).signed_by(key).sign()
}

/// The issuer publishes one more key.
pub(super) fn publish_besides(bench: &Bench, more: &SigningKey) {
    let own = &bench.forge.keys;
    bench.publish([&own.current, &own.next, more]);
}

/// A new key of the issuer's, not published yet.
pub(super) fn new_key(bench: &Bench) -> SigningKey {
    bench.forge.keys.stranger.clone().named("new")
}

/// Many requests at the same time while the issuer's answer is held back.
pub(super) async fn herd(bench: &Bench, size: usize, token: &str) -> Vec<Answer> {
    bench.issuer.front.deliver(Delivery::Held);
    let herd = join_all((0..size).map(|_| bench.subject().ask(token)));
    let release = async {
        bench.issuer.wait_for_requests(1).await;
        bench.issuer.front.deliver(Delivery::Whole);
    };
    join(herd, release).await.0
}

pub(super) const CASES: &[Case] = &[
    Case::must("jwks-cached", "Keys are fetched once", High)
        .refs(&["RFC 7517 §5"])
        .sends("A hundred good tokens.")
        .expects("one request for keys")
        .why("A request to the issuer for every request of a caller brings both down.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good_token();
                for _ in 0..100 {
                    bench.must_allow("good", &token).await?;
                }
                bench.must_have_fetched(1)
            })
        }),
    Case::must("jwks-singleflight-cold", "Many first callers cause one request", High)
        .refs(&["CWE-400"])
        .sends("64 good tokens at the same time, before any key was fetched.")
        .expects("all accepted after one request for keys")
        .why("After a restart everybody comes at once.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good_token();
                let answers = herd(bench, 64, &token).await;
                let refused = answers.iter().find(|answer| !answer.is_allowed());
                require(refused.is_none(), || format!("one of 64 got {refused:?}"))?;
                bench.must_have_fetched(1)
            })
        }),
    Case::must("jwks-client-disconnect", "The first caller goes away, the others stay", High)
        .refs(&["CWE-400"])
        .sends("A first request that is dropped while the issuer answers, and a second one.")
        .expects("the second is accepted after one request for keys")
        .why("Whoever hangs up must not take the others' keys along.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good_token();
                bench.issuer.front.deliver(Delivery::Held);
                {
                    let first = bench.subject().ask(&token);
                    let arrived = bench.issuer.wait_for_requests(1);
                    futures_util::pin_mut!(first, arrived);
                    futures_util::future::select(first, arrived).await;
                }
                let second = bench.subject().ask(&token);
                let release = async { bench.issuer.front.deliver(Delivery::Whole) };
                let (answer, ()) = join(second, release).await;
                bench.judge("the second caller", &answer, "accepted", Answer::is_allowed)?;
                bench.must_have_fetched(1)
            })
        }),
    Case::must("jwks-unknown-kid-cooldown", "Unknown key ids cause one request a while", High)
        .refs(&["CWE-400"])
        .sends("Fifty tokens under made-up key ids, then fifty more much later.")
        .expects("refused with 401, and one request for keys each time")
        .why("Otherwise anybody can make the server flood its issuer.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                bench.advance(COOLDOWN);
                for round in 2..=3 {
                    for number in 0..50 {
                        let kid = format!("made-up-{round}-{number}");
                        let token = bench.forge.good().header("kid", kid).sign();
                        bench.must_refuse("unknown kid", &token).await?;
                    }
                    bench.must_have_fetched(round)?;
                    bench.advance(COOLDOWN);
                }
                bench.control().await
            })
        }),
    Case::must(
        "jwks-unknown-kid-after-start",
        "Unknown key ids right after a fetch cause none",
        Medium,
    )
    .refs(&["CWE-400"])
    .sends("A good token, then tokens under made-up key ids.")
    .expects("refused with 401, and no further request for keys")
    .why("Keys that were just fetched are not fetched again for a made-up name.")
    .needs(FETCHED)
    .scene(|bench| {
        Box::pin(async move {
            bench.control().await?;
            let token = bench.forge.good().header("kid", "made-up").sign();
            bench.must_refuse("unknown kid", &token).await?;
            bench.must_have_fetched(1)
        })
    }),
    Case::must("jwks-junk-no-fetch", "Junk causes no request", High)
        .refs(&["CWE-400"])
        .sends(
            "Tokens that their form or header rules out, under unknown key ids, before any other.",
        )
        .expects("refused with 401, and no request for keys")
        .why("What can be refused without a key must not cost a request for keys.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                let draft = bench.forge.good().header("kid", "made-up");
                let good = draft.sign();
                let (input, _) = good.rsplit_once('.').unwrap_or_default();
                for (label, token) in [
                    ("no token", "junk".to_owned()),
                    ("too large", "A".repeat(1024 * 1024)),
                    ("signature no base64url", format!("{input}.A")),
                    ("unsigned", draft.clone().header("alg", "none").with_signature(&[])),
                    ("other algorithm", draft.clone().header("alg", "HS256").sign()),
                    ("critical", draft.clone().header("crit", json!(["x"])).sign()),
                    ("other type", draft.clone().header("typ", "logout+jwt").sign()),
                ] {
                    bench.must_refuse(label, &token).await?;
                }
                bench.must_have_fetched(0)?;
                bench.control().await
            })
        }),
    Case::must("jwks-rotation-new-kid", "A new key is found without a restart", Critical)
        .refs(&["RFC 7517 §5", "OpenID Connect Core §10.1.1"])
        .sends("A token under a key that the issuer published after the start.")
        .expects("accepted after one more request for keys")
        .why("Issuers rotate keys; nobody should have to be woken for it.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let key = new_key(bench);
                publish_besides(bench, &key);
                bench.advance(COOLDOWN);
                let token = token_of(bench, &key);
                bench.must_allow("new key", &token).await?;
                bench.control().await?;
                bench.must_have_fetched(2)
            })
        }),
    Case::must("jwks-removed-key", "A key that was taken back stops working", Critical)
        .refs(&["RFC 7517 §5"])
        .sends("A token under a key that the issuer no longer publishes.")
        .expects("refused with 401 once the old set has expired; the other key works")
        .why("Taking a key back is how an issuer reacts to its theft.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let next = bench.forge.keys.next.clone();
                bench.publish([&next]);
                bench.advance(LIFETIME);
                let (old, new) = (bench.forge.good_token(), token_of(bench, &next));
                bench.must_refuse("removed key", &old).await?;
                bench.must_allow("remaining key", &new).await
            })
        }),
    Case::must("jwks-same-kid-new-key", "A key that changed under its id", High)
        .refs(&["RFC 7517 §4.5"])
        .sends("A token under the old key after the issuer put another one under its id.")
        .expects("the old key refused with 401 once the old set has expired")
        .why("What was cached under a name is not what the name means now.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let replaced = bench.forge.keys.stranger.clone().named("current");
                bench.publish([&replaced]);
                bench.advance(LIFETIME);
                let (old, new) = (bench.forge.good_token(), token_of(bench, &replaced));
                bench.must_refuse("the old key", &old).await?;
                bench.must_allow("the new key", &new).await
            })
        }),
    Case::must("jwks-max-age-zero", "An issuer that allows no caching", Medium)
        .refs(&["RFC 9111 §5.2.2"])
        .sends("A key set with `max-age=0`, and a hundred good tokens.")
        .expects("one request for keys")
        .why("Taken at its word, it would be asked for every token.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                let reply = bench.own_keys();
                bench.issuer.reply(reply.header("cache-control", "no-cache, max-age=0"));
                let token = bench.forge.good_token();
                for _ in 0..100 {
                    bench.must_allow("good", &token).await?;
                }
                bench.must_have_fetched(1)
            })
        }),
    Case::must("jwks-no-credentials-sent", "The issuer gets no credentials", High)
        .refs(&["RFC 9110 §11.6.2"])
        .sends("A good token; the request for keys is looked at.")
        .expects("neither authorization nor cookie is sent")
        .why("Keys are public; a caller's token is not the issuer's business.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let secret = ["authorization", "cookie", "proxy-authorization"];
                let asked = bench.issuer.asked();
                // What else the vendor serves may ask for our key: see the group `up`.
                let is_public = |asked: &&Asked| !matches!(asked.purpose, Purpose::Endpoint(_));
                let sent = asked.iter().filter(is_public).flat_map(|asked| &asked.headers);
                let leaked = sent.into_iter().find(|name| secret.contains(&name.as_str()));
                require(leaked.is_none(), || format!("the request had {leaked:?}"))
            })
        }),
    Case::must("jwks-content-types", "Key sets under other types", Medium)
        .refs(&["RFC 7517 §8.5"])
        .sends("The key set as `application/jwk-set+json`, with a charset, and as text.")
        .expects("accepted")
        .why("Issuers differ; the content decides.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                for kind in ["application/jwk-set+json; charset=utf-8", "text/plain"] {
                    let reply = Reply { content_type: kind, ..bench.own_keys() };
                    bench.issuer.reply(reply);
                    bench.restart(|provider| provider)?;
                    let token = bench.forge.good_token();
                    bench.must_allow(kind, &token).await?;
                }
                Ok(())
            })
        }),
];
