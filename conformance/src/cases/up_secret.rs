//! Our key to a vendor's interface, and what the vendor says: where they may be seen.

use super::up::{ASKED, PAUSE, endpoints};
use crate::bench::{Bench, require};
use crate::case::Case;
use crate::case::Severity::Critical;
use crate::idp::Reply;
use crate::subject::Answer;
use crate::verdict::Stop;

/// What stands in answers of a vendor that says too much.
const CANARY: &str = "canary-4711-of-the-vendor";

/// No text that anybody could read holds one of these.
fn must_not_show(answer: &Answer, label: &str, hidden: &[&str]) -> Result<(), Stop> {
    let headers = answer.headers.iter().map(|(_, value)| value);
    let mut texts = [&answer.body, &answer.log].into_iter().chain(headers);
    let leak = texts.find(|text| hidden.iter().any(|hidden| text.contains(hidden)));
    require(leak.is_none(), || format!("{label}: what must stay inside is shown"))
}

/// A good token in each kind of trouble, with an answer that quotes what must stay inside.
async fn in_trouble(bench: &mut Bench, hidden: &[&str]) -> Result<(), Stop> {
    for endpoint in endpoints(bench) {
        for status in [200, 302, 400, 401, 500] {
            let said = Reply::text(status, "text/plain", hidden.join(" "));
            let said = said.header("location", "https://evil.example/").header("x-said", CANARY);
            bench.restart(|provider| provider)?;
            bench.issuer.misbehave(endpoint.name, said);
            let token = bench.forge.good_token();
            let answer = bench.subject().ask(&token).await;
            let label = format!("{status} from {}", endpoint.name);
            bench.note(&label, &answer);
            require(!answer.is_allowed(), || format!("{label}: got {answer}"))?;
            must_not_show(&answer, &label, hidden)?;
            bench.issuer.behave(endpoint.name);
            bench.advance(PAUSE);
        }
    }
    bench.control().await
}

pub(super) const CASES: &[Case] = &[
    Case::must("up-credential-scope", "Our key goes to the vendor only", Critical)
        .refs(&["CWE-522", "RFC 9110 §15.4"])
        .sends("Good tokens, in good times and while the vendor redirects elsewhere.")
        .expects("each secret that was configured is sent to the vendor's own hosts, and stands in no answer, log or Debug")
        .why("Whoever has the key is the vendor's customer, with all rights that we have.")
        .needs(ASKED)
        .scene(|bench| {
            Box::pin(async move {
                let vendor = bench.registered().vendor;
                let secrets = vendor.secrets(bench.registered().descriptor());
                let token = bench.forge.good_token();
                let answer = bench.subject().ask(&token).await;
                bench.judge("good", &answer, "accepted", Answer::is_allowed)?;
                must_not_show(&answer, "good", &secrets)?;
                let debug = format!("{:?}", bench.subject());
                require(!secrets.iter().any(|secret| debug.contains(secret)), || {
                    "the provider's Debug shows a secret".to_owned()
                })?;
                in_trouble(bench, &secrets).await?;
                let is_theirs = |host: &str| vendor.endpoints.iter().any(|it| it.host == host);
                let asked = bench.issuer.asked();
                let astray = asked.iter().find(|asked| {
                    !is_theirs(&asked.host) && secrets.iter().any(|secret| asked.holds(secret))
                });
                require(astray.is_none(), || format!("a secret was sent astray: {astray:?}"))?;
                bench.must_not_have_strayed()
            })
        }),
    Case::must("up-nothing-quoted", "What the vendor says stays inside", Critical)
        .refs(&["CWE-209"])
        .sends("Good tokens while the vendor's errors hold a text that is looked for.")
        .expects("the text stands in no answer and no log")
        .why("Errors of vendors hold ids, addresses, and at times what they were sent.")
        .needs(ASKED)
        .scene(|bench| Box::pin(in_trouble(bench, &[CANARY]))),
];
