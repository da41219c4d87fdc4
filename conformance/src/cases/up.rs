//! A vendor whose own interface answers wrongly: nobody gets in for it, nobody is blamed for it, and
//! it works again once the vendor does.
//!
//! Generic over every endpoint of the vendor's room that is asked for each new good token; one
//! misbehaves at a time. Next: `up_calm`, `up_secret`.

use serde_json::json;

use crate::bench::{Bench, require};
use crate::case::Severity::{Critical, High};
use crate::case::{Case, Need};
use crate::idp::{Endpoint, Reply};
use crate::verdict::Stop;

/// An endpoint that can misbehave.
pub(super) const ASKED: &[Need] = &[Need::Upstream];

/// Longer than any provider leaves a vendor in trouble alone.
pub(super) const PAUSE: u64 = 120;

/// What a vendor's answers are, when all is well.
const JSON: &str = "application/json";

/// The endpoints that are asked for every new good token.
pub(super) fn endpoints(bench: &Bench) -> Vec<&'static Endpoint> {
    bench.registered().vendor.upstreams().collect()
}

/// For each endpoint in turn: a new instance is unavailable to a good token while the endpoint
/// spoils its answers so, asks nobody else, and works once it is well again.
async fn trouble(bench: &mut Bench, label: &str, how: fn(Reply) -> Reply) -> Result<(), Stop> {
    for endpoint in endpoints(bench) {
        let label = format!("{label}, {}", endpoint.name);
        bench.restart(|provider| provider)?;
        let before = bench.issuer.calls(endpoint.name);
        bench.issuer.spoil(endpoint.name, how);
        let token = bench.forge.good_token();
        bench.must_be_unavailable(&label, &token).await?;
        let calls = bench.issuer.calls(endpoint.name) - before;
        require(calls > 0, || format!("{label}: it was not asked"))?;
        bench.must_not_have_strayed()?;
        well_again(bench, endpoint, &label).await?;
    }
    Ok(())
}

/// The endpoint is well again, and so is the subject, without a restart.
pub(super) async fn well_again(
    bench: &mut Bench,
    endpoint: &Endpoint,
    label: &str,
) -> Result<(), Stop> {
    bench.issuer.behave(endpoint.name);
    bench.advance(PAUSE);
    let token = bench.forge.good_token();
    bench.must_allow(&format!("after {label}"), &token).await
}

/// The honest answer under another status.
fn under(reply: Reply, status: u16) -> Reply {
    Reply { status, ..reply }
}

/// An answer with another body.
fn instead(reply: Reply, content_type: &'static str, body: &str) -> Reply {
    Reply { content_type, body: body.into(), ..reply }
}

const fn upset(id: &'static str, title: &'static str, sends: &'static str) -> Case {
    Case::must(id, title, Critical)
        .refs(&["RFC 9110 §15.6.4", "CWE-636"])
        .sends(sends)
        .expects("503, and accepted once the vendor is well again")
        .why("What nobody could find out is no reason to let anybody in, nor to blame the caller.")
        .needs(ASKED)
}

pub(super) const CASES: &[Case] = &[
    upset("up-500", "The vendor fails", "Good tokens while the vendor answers 500 and 502.").scene(
        |bench| {
            Box::pin(async move {
                trouble(bench, "500", |reply| under(reply, 500)).await?;
                trouble(bench, "502", |reply| under(reply, 502)).await
            })
        },
    ),
    upset("up-503", "The vendor is closed", "Good tokens while the vendor answers 503.").scene(
        |bench| {
            Box::pin(trouble(bench, "503", |reply| under(reply, 503).header("retry-after", "30")))
        },
    ),
    upset("up-cut", "The vendor hangs up", "Good tokens while the vendor's answers break off.")
        .scene(|bench| Box::pin(trouble(bench, "cut", Reply::cut))),
    upset("up-html", "The vendor answers with a page", "Good tokens while HTML comes under 200.")
        .scene(|bench| {
            Box::pin(trouble(bench, "HTML", |reply| {
                instead(reply, "text/html", "<html><body>Back soon</body></html>")
            }))
        }),
    upset(
        "up-json-half",
        "The vendor answers with half a document",
        "Good tokens while the vendor's JSON ends in its middle, as if that were all.",
    )
    .scene(|bench| {
        Box::pin(trouble(bench, "half", |mut reply| {
            reply.body.truncate(reply.body.len() / 2);
            reply
        }))
    }),
    upset(
        "up-json-shape",
        "The vendor answers something else",
        "Good tokens while the vendor answers nothing, `{}`, `[]`, `null`, and a text.",
    )
    .scene(|bench| {
        Box::pin(async move {
            trouble(bench, "nothing", |reply| instead(reply, JSON, "")).await?;
            trouble(bench, "{}", |reply| instead(reply, JSON, "{}")).await?;
            trouble(bench, "[]", |reply| instead(reply, JSON, "[]")).await?;
            trouble(bench, "null", |reply| instead(reply, JSON, "null")).await?;
            trouble(bench, "a text", |reply| instead(reply, JSON, "\"ok\"")).await
        })
    }),
    upset(
        "up-too-large",
        "The vendor answers without end",
        "Good tokens while the vendor's honest answer is followed by 16 megabytes of spaces.",
    )
    .scene(|bench| {
        Box::pin(trouble(bench, "16 MB", |mut reply| {
            reply.body.resize(16 * 1024 * 1024, b' ');
            reply
        }))
    }),
    upset(
        "up-redirect",
        "The vendor sends us elsewhere",
        "Good tokens while the vendor redirects to other hosts; nobody else may be asked.",
    )
    .scene(|bench| {
        Box::pin(async move {
            trouble(bench, "302", |reply| {
                under(reply, 302).header("location", "https://evil.example/v1/ok")
            })
            .await?;
            trouble(bench, "307", |reply| {
                under(reply, 307).header("location", "//evil.example/v1/ok")
            })
            .await?;
            trouble(bench, "308 inside", |reply| {
                under(reply, 308).header("location", "https://metadata.internal/latest")
            })
            .await
        })
    }),
    upset(
        "up-key-refused",
        "The vendor refuses our own key",
        "Good tokens while the vendor answers 401 and 403 to us.",
    )
    .scene(|bench| {
        Box::pin(async move {
            trouble(bench, "401", |reply| {
                let reply = instead(reply, JSON, r#"{"error":"invalid_api_key"}"#);
                under(reply, 401).header("www-authenticate", "Bearer")
            })
            .await?;
            trouble(bench, "403", |reply| under(reply, 403)).await
        })
    }),
    Case::must("up-recovery", "The vendor's trouble ends", High)
        .refs(&["RFC 9110 §15.6.4"])
        .sends("Ten good tokens while the vendor fails, and one after it.")
        .expects("503 during the trouble, accepted after it by the same instance")
        .why("A failure that is remembered outlasts the vendor's.")
        .needs(ASKED)
        .scene(|bench| {
            Box::pin(async move {
                for endpoint in endpoints(bench) {
                    bench.restart(|provider| provider)?;
                    let oops = Reply::json(500, &json!({"error": "oops"}));
                    bench.issuer.misbehave(endpoint.name, oops);
                    for _ in 0..10 {
                        let token = bench.forge.good_token();
                        bench.must_be_unavailable(endpoint.name, &token).await?;
                        bench.advance(1);
                    }
                    well_again(bench, endpoint, endpoint.name).await?;
                }
                Ok(())
            })
        }),
];
