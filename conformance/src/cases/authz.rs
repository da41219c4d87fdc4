//! Authorization: the provider's rule, the application's in its place, and one that fails.

use crate::bench::{Bench, require};
use crate::case::Case;
use crate::case::Severity::{Critical, High};
use crate::subject::Answer;
use crate::verdict::Stop;
use auth_core::{Access, Principal};

async fn asked(bench: &mut Bench, label: &str) -> Answer {
    let token = bench.forge.good_token();
    let answer = bench.subject().ask(&token).await;
    bench.note(label, &answer);
    answer
}

/// The provider's own rule, by which the harness's user may.
async fn back_to_default(bench: &mut Bench) -> Result<(), Stop> {
    bench.restart(|provider| provider)?;
    bench.control().await
}

pub(super) const CASES: &[Case] = &[
    Case::must("authz-default", "A verified user may, unless a rule says otherwise", High)
        .refs(&["RFC 6750 §3.1"])
        .sends("A good token, with no rule of the application's.")
        .why("The counterpart of every refusal below.")
        .accepted(|forge| vec![crate::case::Sample::new("good", forge.good_token())]),
    Case::must("authz-override-refuses", "The application's rule refuses", Critical)
        .refs(&["RFC 6750 §3.1"])
        .sends("A good token, with a rule that refuses everybody.")
        .expects("403")
        .why("The caller is known, so it is 403: another token of theirs would not help.")
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                bench.restart(|provider| provider.authorize_user(|_, _| false))?;
                let answer = asked(bench, "refused").await;
                require(answer.status == 403, || format!("expected 403, got {answer}"))?;
                back_to_default(bench).await
            })
        }),
    Case::must("authz-override-sees-user-and-request", "The rule sees who and what", High)
        .refs(&["CWE-863"])
        .sends("A good token, with a rule about the subject, the method and the path.")
        .expects("accepted for that user and request, 403 for another user")
        .why("A rule that sees another user, or no request, decides about nothing.")
        .scene(|bench| {
            Box::pin(async move {
                let subject = bench.forge.subject.clone();
                bench.restart(|provider| {
                    provider.authorize_user(move |user, request| {
                        user.subject() == subject
                            && request.path() == "/orders"
                            && request.method() == http::Method::GET
                    })
                })?;
                let answer = asked(bench, "the right one").await;
                require(answer.is_allowed(), || format!("expected accepted, got {answer}"))?;
                let other = bench.forge.good().claim("sub", "user-2").sign();
                let answer = bench.subject().ask(&other).await;
                bench.note("another user", &answer);
                require(answer.status == 403, || format!("another user: {answer}"))
            })
        }),
    Case::must("authz-override-fails", "The application's rule fails", Critical)
        .refs(&["CWE-636", "CWE-280"])
        .sends("A good token, with a rule that ends in an error.")
        .expects("503, quoting nothing")
        .why("Nobody found out, so nobody gets in; and it is not the caller's fault.")
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                bench.restart(|provider| {
                    provider.authorize_user(|_, _| Err::<Access, _>("canary: the database is down"))
                })?;
                let answer = asked(bench, "failed").await;
                require(answer.is_unavailable(), || format!("expected 503, got {answer}"))?;
                require(!answer.body.contains("canary"), || "the answer quotes it".to_owned())?;
                back_to_default(bench).await
            })
        }),
    Case::must("authz-not-asked-for-bad-token", "The rule is not asked about strangers", Critical)
        .refs(&["CWE-696"])
        .sends("A forged token, with a rule that lets everybody in.")
        .expects("refused with 401")
        .why("Authorization comes after authentication, never instead of it.")
        .scene(|bench| {
            Box::pin(async move {
                bench.restart(|provider| provider.authorize_user(|_, _| true))?;
                bench.control().await?;
                let forged = bench.forge.good().signed_by(&bench.forge.keys.stranger).sign();
                bench.must_refuse("forged", &forged).await?;
                bench.control().await
            })
        }),
];
