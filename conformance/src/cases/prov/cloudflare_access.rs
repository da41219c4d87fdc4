//! The dialect of Cloudflare Access
//! (<https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/>):
//! a header, a cookie, and services that have no subject.

use http::header::COOKIE;
use serde_json::json;

use super::common::{must_refuse_all, saying, without};
use crate::bench::{Bench, require};
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need, Sample};
use crate::forge::{Draft, Forge};
use crate::idp::cloudflare_access::TAG;
use crate::subject::Answer;

const ACCESS: &[Need] = &[Need::Vendor("cloudflare-access")];

const DOCS: &str = "https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/";

const APPLICATION: &str = "https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/application-token/";

/// What an application gets for a service token.
fn service(forge: &Forge) -> Draft {
    let draft = forge.good().claim("sub", "").without("email").without("identity_nonce");
    draft.claim("common_name", "e367826f93b8d71185e03fe518aff3b4.access")
}

/// The answer to a request with this cookie, and this assertion if any.
async fn with_cookie(bench: &Bench, cookie: &str, header: Option<&str>) -> Answer {
    let request =
        http::Request::get("/orders").header(COOKIE, format!("a=b; CF_Authorization={cookie}"));
    let request = match header {
        Some(token) => request.header("cf-access-jwt-assertion", token),
        None => request,
    };
    bench.subject().send(&request.body(()).expect("a plain request")).await
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-cloudflare-cookie", "The cookie, by choice", High)
        .refs(&[DOCS, "CWE-352"])
        .sends("A good token in the cookie, without the choice and with it; then two that differ.")
        .expects("refused with 401, accepted, and refused with 401 for the two")
        .why("A browser sends a cookie for any page: who takes it defends routes that write.")
        .needs(ACCESS)
        .scene(|bench| {
            Box::pin(async move {
                let (token, other) =
                    (bench.forge.good_token(), bench.forge.good().claim("sub", "b").sign());
                let answer = with_cookie(bench, &token, None).await;
                bench.judge("not chosen", &answer, "refused with 401", Answer::is_refused)?;
                bench.needs_option("cookie")?;
                bench.restart_with([("cookie", "true")])?;
                let answer = with_cookie(bench, &token, None).await;
                bench.judge("chosen", &answer, "accepted", Answer::is_allowed)?;
                let answer = with_cookie(bench, &token, Some(&token)).await;
                bench.judge("both", &answer, "accepted", Answer::is_allowed)?;
                let answer = with_cookie(bench, &token, Some(&other)).await;
                bench.judge("two", &answer, "refused with 401", Answer::is_refused)
            })
        }),
    Case::must("prov-cloudflare-unsigned-headers", "The header that nobody signed", Critical)
        .refs(&[DOCS])
        .sends("A request with `Cf-Access-Authenticated-User-Email` alone.")
        .expects("refused with 401")
        .why("Whoever reaches the server without Cloudflare writes what they like.")
        .needs(ACCESS)
        .scene(|bench| {
            Box::pin(async move {
                let request = http::Request::get("/orders")
                    .header("cf-access-authenticated-user-email", "eve@acme.example");
                let request = request.body(()).expect("a plain request");
                let answer = bench.subject().send(&request).await;
                bench.judge("alone", &answer, "refused with 401", Answer::is_refused)?;
                bench.control().await
            })
        }),
    Case::must("prov-cloudflare-aud-list", "The AUD tag in a list", Medium)
        .refs(&[APPLICATION])
        .sends("A token whose audience is a list, as Cloudflare writes it.")
        .why("It is a list even when it has one entry.")
        .needs(ACCESS)
        .accepted(|forge| vec![saying(forge, "aud", json!([TAG]))]),
    Case::must("prov-cloudflare-other-application", "Another application of the team", Critical)
        .refs(&[DOCS, "RFC 8725 §3.9"])
        .sends("Tokens with another tag, with half of ours, and with none.")
        .why("All applications of a team have one issuer and one key set.")
        .needs(ACCESS)
        .refused(|forge| {
            vec![
                saying(forge, "aud", json!(["aa0c7626e737916db87e6c3a7eb5d9c9"])),
                saying(forge, "aud", json!([TAG[..32]])),
                saying(forge, "aud", json!([])),
                without(forge, "aud"),
            ]
        }),
    Case::must("prov-cloudflare-other-team", "Another team", Critical)
        .refs(&[DOCS])
        .sends("Tokens of other teams, and of names that begin or end alike.")
        .why("Anybody can have a team.")
        .needs(ACCESS)
        .refused(|forge| {
            [
                "other.cloudflareaccess.com",
                "acme2.cloudflareaccess.com",
                "acme.cloudflareaccess.com.evil.example",
            ]
            .map(|team| saying(forge, "iss", format!("https://{team}")))
            .into()
        }),
    Case::must("prov-cloudflare-type", "A token of another kind", High)
        .refs(&[APPLICATION, "RFC 8725 §3.11"])
        .sends("The team's own session, which has `type` `org`, and tokens of no type.")
        .why("It is a login at the team, before any application has decided.")
        .needs(ACCESS)
        .refused(|forge| {
            let kinds = [json!("org"), json!("App"), json!(["app"]), json!("")];
            let mut samples: Vec<_> =
                kinds.into_iter().map(|kind| saying(forge, "type", kind)).collect();
            samples.push(without(forge, "type"));
            samples
        }),
    Case::must("prov-cloudflare-service-token", "A service token without the choice", High)
        .refs(&[APPLICATION])
        .sends("A token whose subject is empty and whose `common_name` says who calls.")
        .why("All services would be one user without a name.")
        .needs(ACCESS)
        .refused(|forge| {
            vec![
                Sample::new("a service", service(forge).sign()),
                Sample::new("nobody", service(forge).without("common_name").sign()),
                Sample::new("no subject", service(forge).without("sub").sign()),
            ]
        }),
    Case::must("prov-cloudflare-service-chosen", "Service tokens by choice", High)
        .refs(&[APPLICATION])
        .sends("With `service_tokens` switched on: services, users, and tokens that name nobody.")
        .expects("accepted under `common_name`, accepted under `sub`, refused with 401")
        .why("A service is somebody, and not everybody.")
        .needs(ACCESS)
        .scene(|bench| {
            Box::pin(async move {
                bench.needs_option("service_tokens")?;
                bench.restart_with([("service_tokens", "true")])?;
                let forge = bench.forge.clone();
                let good = service(&forge).sign();
                let seen = bench.subject().ask(&good).await.subject;
                require(
                    seen.as_deref() == Some("e367826f93b8d71185e03fe518aff3b4.access"),
                    || format!("it took the service for {seen:?}"),
                )?;
                let bad = [
                    Sample::new("nobody", service(&forge).without("common_name").sign()),
                    Sample::new("an empty name", service(&forge).claim("common_name", "").sign()),
                    Sample::new(
                        "a list",
                        service(&forge).claim("common_name", json!(["a"])).sign(),
                    ),
                    Sample::new("no subject", service(&forge).without("sub").sign()),
                ];
                must_refuse_all(bench, &good, bad).await?;
                let both = forge.good().claim("common_name", "robot").sign();
                let seen = bench.subject().ask(&both).await.subject;
                require(seen.as_ref() == Some(&forge.subject), || {
                    format!("a user became {seen:?}")
                })?;
                bench.control().await
            })
        }),
];
