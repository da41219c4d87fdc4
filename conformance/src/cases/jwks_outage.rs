//! An issuer that goes down while keys are known, or before: whoever can be served is served.

use futures_util::FutureExt;
use futures_util::future::join;

use super::jwks::{COOLDOWN, LIFETIME, herd, new_key, token_of};
use crate::bench::{Bench, require};
use crate::case::Severity::{Critical, High};
use crate::case::{Case, FETCHED};
use crate::idp::Reply;
use crate::subject::Answer;
use crate::verdict::Stop;

fn outage(bench: &Bench) {
    bench.issuer.reply(Reply::text(500, "application/json", "{}"));
}

/// A good token must be accepted without waiting for anything.
async fn must_allow_at_once(bench: &mut Bench, label: &str) -> Result<(), Stop> {
    let answer = without_waiting(bench, &bench.forge.good_token()).await;
    at_once(bench, label, answer)
}

/// The answer, if it does not wait for keys, which are held back. Where something else is asked for
/// every token, that is waited for.
async fn without_waiting(bench: &Bench, token: &str) -> Option<Answer> {
    let answer = bench.subject().ask(token);
    if bench.registered().vendor.upstreams().next().is_some() {
        return Some(answer.await);
    }
    answer.now_or_never()
}

fn at_once(bench: &mut Bench, label: &str, answer: Option<Answer>) -> Result<(), Stop> {
    let answer =
        answer.ok_or_else(|| Stop::Missed(format!("{label}: it waited for the issuer")))?;
    bench.judge(label, &answer, "accepted", Answer::is_allowed)
}

pub(super) const CASES: &[Case] = &[
    Case::must("jwks-warm-outage", "The issuer is down, keys are known", Critical)
        .refs(&["RFC 9111 §4.2.4"])
        .sends("Good tokens during an outage, at once and after the keys' lifetime.")
        .expects("accepted")
        .why("An issuer's bad minute must not lock everybody out.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                outage(bench);
                for _ in 0..3 {
                    let token = bench.forge.good_token();
                    bench.must_allow("during the outage", &token).await?;
                    bench.advance(300);
                }
                Ok(())
            })
        }),
    Case::must("jwks-endless-outage", "The issuer stays down", High)
        .refs(&["RFC 9111 §4.2.4"])
        .sends("A good token after days without the issuer.")
        .expects("503, and accepted once the issuer is back")
        .why("Keys that cannot be checked any more are not trusted for ever, and that is nobody's fault.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                outage(bench);
                bench.advance(7 * 86_400);
                let token = bench.forge.good_token();
                bench.must_be_unavailable("a week later", &token).await?;
                bench.republish();
                bench.advance(COOLDOWN);
                bench.control().await
            })
        }),
    Case::must("jwks-failed-refresh-keeps-keys", "A failed refresh keeps the keys", Critical)
        .refs(&["RFC 9111 §4.2.4"])
        .sends("Good tokens after refreshes that brought errors, HTML, nothing, half a document.")
        .expects("known keys go on working, unknown ones get no allow")
        .why("What was good a minute ago is better than nothing.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                for (label, reply) in [
                    ("500", Reply::text(500, "text/plain", "oops")),
                    ("HTML", Reply::text(200, "text/html", "<html></html>")),
                    ("no keys", bench.keys([])),
                    ("no list", Reply::text(200, "application/json", "{}")),
                    ("half", Reply::text(200, "application/json", "{\"keys\":[")),
                ] {
                    bench.issuer.reply(reply);
                    bench.advance(COOLDOWN);
                    let unknown = bench.forge.good().header("kid", "made-up").sign();
                    let answer = bench.subject().ask(&unknown).await;
                    bench.note(label, &answer);
                    require(!answer.is_allowed(), || format!("{label}: {answer}"))?;
                    let token = bench.forge.good_token();
                    bench.must_allow(&format!("after {label}"), &token).await?;
                }
                bench.must_have_fetched(6)
            })
        }),
    Case::must("jwks-hang-does-not-block", "A hanging refresh delays nobody", Critical)
        .refs(&["CWE-833"])
        .sends("A refresh that the issuer does not answer, and good tokens meanwhile.")
        .expects("accepted without waiting")
        .why("Those whose key is known have nothing to wait for.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                bench.advance(COOLDOWN);
                bench.issuer.reply(Reply::held());
                let unknown = bench.forge.good().header("kid", "made-up").sign();
                let good = bench.forge.good_token();
                let hanging = bench.subject().ask(&unknown);
                let meanwhile = async {
                    bench.issuer.wait_for_requests(2).await;
                    let answer = without_waiting(bench, &good).await;
                    bench.republish();
                    answer
                };
                let (_, answer) = join(hanging, meanwhile).await;
                at_once(bench, "meanwhile", answer)
            })
        }),
    Case::must("jwks-outage-retry-does-not-block", "A retry that hangs delays nobody", Critical)
        .refs(&["CWE-833"])
        .sends("Good tokens while a refresh has failed and the next one gets no answer.")
        .expects("accepted without waiting")
        .why("In a long outage every retry would stop all callers, again and again.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                outage(bench);
                bench.advance(LIFETIME);
                let token = bench.forge.good_token();
                bench.must_allow("after a failure", &token).await?;
                bench.issuer.reply(Reply::held());
                bench.advance(COOLDOWN);
                for _ in 0..3 {
                    must_allow_at_once(bench, "during a retry").await?;
                }
                bench.issuer.wait_for_requests(3).await;
                bench.republish();
                bench.must_have_fetched(3)
            })
        }),
    Case::must("jwks-outage-unknown-kid", "A new key during an outage", High)
        .refs(&["RFC 9110 §15.6.4"])
        .sends("A token under an unknown key id while the issuer is down.")
        .expects("503; known keys go on working")
        .why("Nobody knows whether it is good: that is neither an allow nor the caller's fault.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                outage(bench);
                bench.advance(COOLDOWN);
                let token = token_of(bench, &new_key(bench));
                bench.must_be_unavailable("new key", &token).await?;
                bench.control().await
            })
        }),
    Case::must("jwks-recovery", "The outage ends", High)
        .refs(&["RFC 9110 §15.6.4"])
        .sends("Good tokens during an outage at the start, and after it.")
        .expects("503 during the outage, accepted after it")
        .why("Nobody should have to restart anything.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                outage(bench);
                let token = bench.forge.good_token();
                bench.must_be_unavailable("during", &token).await?;
                bench.republish();
                bench.advance(2);
                bench.control().await
            })
        }),
    Case::must("jwks-cold-outage-is-calm", "An outage at the start floods nobody", High)
        .refs(&["CWE-400"])
        .sends("A hundred good tokens while the issuer is down and no key is known.")
        .expects("503 for all, after one request for keys")
        .why("An issuer that is down does not get up under a flood.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                outage(bench);
                let token = bench.forge.good_token();
                for _ in 0..100 {
                    bench.must_be_unavailable("down", &token).await?;
                }
                bench.must_have_fetched(1)
            })
        }),
    Case::must("jwks-waiters-released", "All who wait hear of a failure", High)
        .refs(&["CWE-833"])
        .sends("64 good tokens at the same time; the one request for keys fails.")
        .expects("503 for all, after one request for keys")
        .why("Whoever waits for something that failed must not wait for ever.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                outage(bench);
                let token = bench.forge.good_token();
                let answers = herd(bench, 64, &token).await;
                let other = answers.iter().find(|answer| !answer.is_unavailable());
                require(other.is_none(), || format!("one of 64 got {other:?}"))?;
                bench.must_have_fetched(1)
            })
        }),
];
