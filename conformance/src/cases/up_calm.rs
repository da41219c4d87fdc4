//! A vendor's interface is asked no more than needed: not while it wants to be left alone, once for
//! all who wait, for no token that can be refused without it, and never for ever.

use std::time::{Duration, UNIX_EPOCH};

use futures_util::FutureExt;
use futures_util::future::{join, join_all};

use super::up::{ASKED, endpoints, well_again};
use crate::bench::{Bench, require};
use crate::case::Case;
use crate::case::Severity::{Critical, High};
use crate::idp::{Endpoint, Reply};
use crate::subject::Answer;
use crate::verdict::Stop;

/// How long the vendor wants to be left alone.
const WAIT: u64 = 30;

/// In real time: more than any provider lets its callers wait for a vendor.
const PATIENCE: Duration = Duration::from_secs(10);

/// The vendor was asked this often since then.
fn must_have_called(
    bench: &Bench,
    endpoint: &Endpoint,
    since: usize,
    times: usize,
) -> Result<(), Stop> {
    let (name, seen) = (endpoint.name, bench.issuer.calls(endpoint.name) - since);
    require(seen == times, || format!("{name}: expected {times} requests, saw {seen}"))
}

/// How often a new instance asks for one new token: more than once where answers have pages.
async fn calls_for_one(bench: &mut Bench, endpoint: &Endpoint) -> Result<usize, Stop> {
    bench.restart(|provider| provider)?;
    let before = bench.issuer.calls(endpoint.name);
    bench.control().await?;
    let calls = bench.issuer.calls(endpoint.name) - before;
    require(calls > 0, || format!("{}: it was not asked", endpoint.name)).map(|()| calls)
}

/// Left alone for as long as it says, and asked again then.
async fn limited(
    bench: &mut Bench,
    status: u16,
    told: impl Fn(&Bench) -> String,
) -> Result<(), Stop> {
    for endpoint in endpoints(bench) {
        let needed = calls_for_one(bench, endpoint).await?;
        bench.restart(|provider| provider)?;
        let before = bench.issuer.calls(endpoint.name);
        let reply = Reply::text(status, "text/plain", "slow down");
        bench.issuer.misbehave(endpoint.name, reply.header("retry-after", told(bench)));
        let label = format!("{status}, {}", endpoint.name);
        let token = bench.forge.good_token();
        let answer = bench.subject().ask(&token).await;
        bench.judge(&label, &answer, "unavailable with 503", Answer::is_unavailable)?;
        let retry = answer.header("retry-after");
        require(retry.is_some(), || format!("{label}: our caller is not told when to come back"))?;
        must_have_called(bench, endpoint, before, 1)?;
        bench.issuer.behave(endpoint.name);
        for seconds in [0, WAIT - 1] {
            bench.advance(seconds);
            let token = bench.forge.good_token();
            bench.must_be_unavailable(&format!("{label}, too early"), &token).await?;
            must_have_called(bench, endpoint, before, 1)?;
        }
        bench.advance(2);
        let token = bench.forge.good_token();
        bench.must_allow(&format!("{label}, in time"), &token).await?;
        must_have_called(bench, endpoint, before, 1 + needed)?;
    }
    Ok(())
}

/// A question that gets no answer ends, and a token that can be judged without one is, meanwhile.
async fn hangs(bench: &mut Bench, endpoint: &Endpoint) -> Result<(), Stop> {
    bench.restart(|provider| provider)?;
    let before = bench.issuer.calls(endpoint.name);
    bench.issuer.misbehave(endpoint.name, Reply::held());
    let good = bench.forge.good_token();
    let forged = bench.forge.good().signed_by(&bench.forge.keys.stranger).sign();
    let hanging = tokio::time::timeout(PATIENCE, bench.subject().ask(&good));
    let meanwhile = tokio::time::timeout(PATIENCE, async {
        bench.issuer.wait_for_calls(endpoint.name, before + 1).await;
        bench.subject().ask(&forged).now_or_never()
    });
    let (answer, other) = join(hanging, meanwhile).await;
    let label = format!("no answer, {}", endpoint.name);
    let answer = answer.map_err(|_| {
        Stop::Missed(format!("{label}: it still waits after {} s", PATIENCE.as_secs()))
    })?;
    bench.judge(&label, &answer, "unavailable with 503", Answer::is_unavailable)?;
    let waited = || Stop::Missed(format!("{label}: a forged token had to wait for it"));
    let other = other.ok().flatten().ok_or_else(waited)?;
    bench.judge("meanwhile", &other, "refused with 401", Answer::is_refused)?;
    well_again(bench, endpoint, &label).await
}

const fn patient(id: &'static str, title: &'static str, sends: &'static str) -> Case {
    Case::must(id, title, High)
        .refs(&["RFC 6585 §4", "RFC 9110 §10.2.3"])
        .sends(sends)
        .expects("503 with Retry-After, the vendor left alone until then, and accepted after it")
        .why("Whoever goes on asking is locked out for longer, with all its users.")
        .needs(ASKED)
}

pub(super) const CASES: &[Case] = &[
    patient(
        "up-rate-limited",
        "The vendor wants to be left alone for some seconds",
        "Good tokens after the vendor answered 429 with `Retry-After: 30`, and later.",
    )
    .scene(|bench| Box::pin(limited(bench, 429, |_| WAIT.to_string()))),
    patient(
        "up-rate-limited-date",
        "The vendor wants to be left alone until a moment",
        "Good tokens after the vendor answered 429 with a date in `Retry-After`, and later.",
    )
    .scene(|bench| {
        Box::pin(limited(bench, 429, |bench| {
            let until = UNIX_EPOCH + Duration::from_secs(bench.forge.now + WAIT);
            httpdate::fmt_http_date(until)
        }))
    }),
    patient(
        "up-closed-until",
        "The vendor is closed for some seconds",
        "Good tokens after the vendor answered 503 with `Retry-After: 30`, and later.",
    )
    .scene(|bench| Box::pin(limited(bench, 503, |_| WAIT.to_string()))),
    Case::must("up-hang", "The vendor never answers", Critical)
        .refs(&["CWE-833", "CWE-636"])
        .sends("A good token while the vendor holds its answer back, and a forged one meanwhile.")
        .expects("503 within ten seconds, 401 at once, and accepted once the vendor is well again")
        .why("One vendor that hangs must not hang every caller.")
        .needs(ASKED)
        .scene(|bench| {
            Box::pin(async move {
                for endpoint in endpoints(bench) {
                    hangs(bench, endpoint).await?;
                }
                Ok(())
            })
        }),
    Case::must("up-singleflight", "Many callers with one token cause one question", High)
        .refs(&["CWE-400"])
        .sends("Ten times the same new token at once.")
        .expects("all accepted after as many requests to the vendor as one caller causes")
        .why("A page that loads asks for ten things at once; the vendor counts each.")
        .needs(ASKED)
        .scene(|bench| {
            Box::pin(async move {
                for endpoint in endpoints(bench) {
                    let needed = calls_for_one(bench, endpoint).await?;
                    bench.restart(|provider| provider)?;
                    let before = bench.issuer.calls(endpoint.name);
                    bench.issuer.misbehave(endpoint.name, Reply::held());
                    let token = bench.forge.good_token();
                    let herd = join_all((0..10).map(|_| bench.subject().ask(&token)));
                    let release = async {
                        bench.issuer.wait_for_calls(endpoint.name, before + 1).await;
                        bench.issuer.behave(endpoint.name);
                    };
                    let (answers, ()) = join(herd, release).await;
                    let refused = answers.iter().find(|answer| !answer.is_allowed());
                    require(refused.is_none(), || format!("one of ten got {refused:?}"))?;
                    must_have_called(bench, endpoint, before, needed)?;
                }
                Ok(())
            })
        }),
    Case::must("up-forged-asks-nothing", "A bad token is not worth a question", Critical)
        .refs(&["CWE-400", "CWE-863"])
        .sends("Forged, expired and unsigned tokens to an instance that has seen none.")
        .expects("refused with 401, and the vendor is not asked")
        .why("Strangers would spend our quota, and the vendor might know the user they name.")
        .needs(ASKED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                bench.restart(|provider| provider)?;
                let count = |bench: &Bench| -> usize {
                    endpoints(bench).iter().map(|it| bench.issuer.calls(it.name)).sum()
                };
                let (before, draft) = (count(bench), bench.forge.good());
                let stranger = bench.forge.keys.stranger.clone();
                let past = bench.forge.at(-3600);
                for (label, token) in [
                    ("forged", draft.clone().signed_by(&stranger).sign()),
                    ("unsigned", draft.clone().header("alg", "none").with_signature(&[])),
                    ("expired", draft.claim("exp", past).sign()),
                ] {
                    bench.must_refuse(label, &token).await?;
                    let calls = count(bench) - before;
                    require(calls == 0, || format!("{label}: it asked the vendor"))?;
                }
                bench.control().await
            })
        }),
];
