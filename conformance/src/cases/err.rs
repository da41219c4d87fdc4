//! What a refusal tells: enough for a client, nothing for a forger.

use crate::bench::{Bench, require};
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Need};
use crate::subject::Answer;
use crate::verdict::Stop;

/// Refusals of several kinds, each with a word that must appear nowhere.
async fn refusals(bench: &Bench) -> Vec<(&'static str, Answer)> {
    let forge = &bench.forge;
    let canary =
        || forge.good().claim("sub", "canary-subject").claim("email", "canary@acme.example");
    let expired = canary().claim("exp", 1).sign();
    let forged = canary().signed_by(&forge.keys.stranger).sign();
    let hostile = canary().header("kid", "canary\r\nx: y").sign();
    let algorithm = canary().header("alg", "canary\"alg").sign();
    let mut answers = Vec::new();
    for (label, token) in [
        ("expired", expired),
        ("forged", forged),
        ("hostile kid", hostile),
        ("hostile alg", algorithm),
        ("no token at all", "canary".to_owned()),
    ] {
        answers.push((label, bench.subject().ask(&token).await));
    }
    answers
}

async fn each_refusal(
    bench: &mut Bench,
    expected: &str,
    is_expected: impl Fn(&Answer) -> bool,
) -> Result<(), Stop> {
    bench.control().await?;
    for (label, answer) in refusals(bench).await {
        bench.note(label, &answer);
        require(answer.is_refused(), || format!("{label}: {answer}"))?;
        require(is_expected(&answer), || {
            format!("{label}: expected {expected}, got {:?} {}", answer.challenge, answer.body)
        })?;
    }
    bench.control().await
}

pub(super) const CASES: &[Case] = &[
    Case::must("err-challenge-present", "A 401 carries one Bearer challenge", Medium)
        .refs(&["RFC 6750 §3", "RFC 9110 §15.5.2"])
        .sends("Refused tokens of several kinds, and a request without one.")
        .expects("401 with one challenge; `invalid_token` only where there was a token")
        .why("It tells a client what to bring, and that it should bring another one.")
        .scene(|bench| {
            Box::pin(async move {
                each_refusal(bench, "a challenge with invalid_token", |answer| {
                    let challenge = answer.challenge.as_deref().unwrap_or_default();
                    challenge.starts_with("Bearer ")
                        && challenge.contains("error=\"invalid_token\"")
                })
                .await?;
                let nothing = bench.subject().ask_with([]).await;
                bench.note("no token", &nothing);
                let is_plain = |challenge: &str| {
                    challenge.starts_with("Bearer ") && !challenge.contains("error")
                };
                require(nothing.challenge.as_deref().is_some_and(is_plain), || {
                    format!("without a token: {:?}", nothing.challenge)
                })
            })
        }),
    Case::must("err-fixed-texts", "Refusals do not say why", High)
        .refs(&["RFC 6750 §3.1", "CWE-209"])
        .sends("Expired, forged and malformed tokens.")
        .expects("the same status, challenge and body for all")
        .why("What differs by reason tells a forger how far they got.")
        .scene(|bench| {
            Box::pin(async move {
                let bodies = |answers: &[(_, Answer)]| {
                    let mut texts: Vec<_> = answers
                        .iter()
                        .filter(|(_, answer)| answer.is_refused())
                        .map(|(_, answer)| (answer.body.clone(), answer.challenge.clone()))
                        .collect();
                    texts.dedup();
                    texts
                };
                let seen = bodies(&refusals(bench).await);
                require(seen.len() == 1, || format!("{} different answers", seen.len()))
            })
        }),
    Case::must("err-no-claim-leak", "Refusals quote nothing of the token", High)
        .refs(&["CWE-209", "CWE-532"])
        .sends("Refused tokens whose claims and header hold a canary.")
        .expects("the canary in no answer and no log line")
        .why("Whoever reads answers or logs must not read tokens.")
        .scene(|bench| {
            Box::pin(each_refusal(bench, "no canary", |answer| {
                let texts = [Some(&answer.body), answer.challenge.as_ref(), Some(&answer.log)];
                !texts.iter().flatten().any(|text| text.contains("canary"))
            }))
        }),
    Case::must("err-body-json", "The body is JSON with an `error`", Low)
        .refs(&["RFC 9110 §15.5"])
        .sends("Refused tokens of several kinds.")
        .expects("a JSON object with a text under `error`")
        .why("Clients read it.")
        .scene(|bench| {
            Box::pin(each_refusal(bench, "a JSON object with `error`", |answer| {
                serde_json::from_str::<serde_json::Value>(&answer.body)
                    .is_ok_and(|body| body["error"].is_string())
            }))
        }),
    Case::must("err-not-cached", "A refusal is not cached", Medium)
        .refs(&["RFC 9111 §5.2.2.5"])
        .sends("Refused tokens of several kinds.")
        .expects("`cache-control: no-store`")
        .why("A cache in front would hand one caller's refusal to another.")
        .scene(|bench| {
            Box::pin(each_refusal(bench, "cache-control", |answer| {
                answer.header("cache-control") == Some("no-store")
            }))
        }),
    Case::must("err-unavailable-retry-after", "A 503 says when to come back", Medium)
        .refs(&["RFC 9110 §10.2.3"])
        .sends("A good token while the issuer is down.")
        .expects("503 with `Retry-After`, without a challenge, quoting nothing")
        .why("Clients that know when to come back do not hammer.")
        .needs(&[Need::RemoteKeys])
        .scene(|bench| {
            Box::pin(async move {
                bench.issuer.reply(crate::idp::Reply::text(500, "text/plain", "canary body"));
                let answer = bench.subject().ask(&bench.forge.good_token()).await;
                bench.judge("down", &answer, "unavailable with 503", Answer::is_unavailable)?;
                let wait =
                    answer.header("retry-after").and_then(|seconds| seconds.parse::<u32>().ok());
                require(wait.is_some(), || "there is no Retry-After".to_owned())?;
                require(answer.challenge.is_none(), || "it blames the token".to_owned())?;
                let texts = format!("{} {}", answer.body, answer.log);
                require(!texts.contains("canary"), || "it quotes the issuer".to_owned())
            })
        }),
    Case::must("err-never-5xx", "Nothing that is sent breaks the server", Critical)
        .refs(&["CWE-248"])
        .sends("A good token cut off at each of its bytes, and with each byte changed.")
        .expects("refused with 401, each of them")
        .why("A crash on input is an outage for everybody.")
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let token = bench.forge.good_token();
                for index in 0..token.len() {
                    let mut changed = token.clone().into_bytes();
                    changed[index] = if changed[index] == b'A' { b'B' } else { b'A' };
                    let changed = String::from_utf8_lossy(&changed).into_owned();
                    for sent in [&token[..index], changed.as_str()] {
                        let answer = bench.subject().ask(sent).await;
                        require(answer.is_refused(), || format!("byte {index}: {answer}"))?;
                    }
                }
                bench.control().await
            })
        }),
];
