//! Fine-grained authorization of WorkOS (<https://workos.com/docs/reference/fga>): a plain yes lets
//! in; a no, an unknown member and an unknown resource keep out; everything else is 503.

use http::header::AUTHORIZATION;
use http::{Method, Request};
use serde_json::{Value, json};

use crate::bench::{Bench, require};
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need};
use crate::idp::Reply;
use crate::idp::workos::{MEMBERSHIP, ORGANIZATION, facts};
use crate::subject::Answer;
use crate::verdict::Stop;

const FGA: &[Need] = &[Need::Vendor("workos-fga")];
const CHECK: &str = "https://workos.com/docs/reference/fga";

/// Longer than memberships are kept.
const KEPT: u64 = 31;

/// A request of a good token, with this method and path.
async fn asked(bench: &mut Bench, method: Method, path: &str) -> Result<Answer, Stop> {
    let request = Request::builder()
        .method(method.clone())
        .uri(path)
        .header(AUTHORIZATION, format!("Bearer {}", bench.forge.good_token()))
        .body(())
        .map_err(|error| Stop::Control(error.to_string()))?;
    let answer = bench.subject().send(&request).await;
    bench.note(&format!("{method} {path}"), &answer);
    Ok(answer)
}

async fn must_be(bench: &mut Bench, method: Method, path: &str, status: u16) -> Result<(), Stop> {
    let answer = asked(bench, method.clone(), path).await?;
    require(answer.status == status, || format!("{method} {path}: expected {status}, got {answer}"))
}

async fn orders(bench: &mut Bench, label: &str, status: u16) -> Result<(), Stop> {
    let answer = bench.subject().ask(&bench.forge.good_token()).await;
    bench.note(label, &answer);
    require(answer.status == status, || format!("{label}: expected {status}, got {answer}"))
}

fn in_other() -> Value {
    json!({"id": "om_01HFAKEOTHER", "organization_id": "org_01HFAKEOTHER"})
}

/// Granted, withdrawn, granted again: every time at once.
async fn granted_and_withdrawn(bench: &mut Bench) -> Result<(), Stop> {
    for (withdrawn, status) in [(json!([]), 200), (json!(["orders:read"]), 403), (json!([]), 200)] {
        let label = format!("without {withdrawn}");
        bench.issuer.set_fact(facts::WITHDRAWN, withdrawn);
        orders(bench, &label, status).await?;
    }
    Ok(())
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-workos-fga-check", "A permission is asked for", Critical)
        .refs(&[CHECK])
        .sends("Good tokens while the permission is granted, withdrawn, and granted again.")
        .expects("accepted, 403, accepted")
        .why("Only WorkOS knows who may do what with which resource.")
        .needs(FGA)
        .scene(|bench| Box::pin(granted_and_withdrawn(bench))),
    Case::must("prov-workos-fga-warrants", "The older interface", High)
        .refs(&["https://workos.com/docs/reference/fga"])
        .sends("The same through the interface of warrants; and while it says something else than yes or no.")
        .expects("accepted, 403, accepted; 403 for any other word; 503 for no word")
        .why("Environments that began with it still use it.")
        .needs(FGA)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("interface", "warrants")])?;
                granted_and_withdrawn(bench).await?;
                require(bench.issuer.calls("check") == 0, || "it asked the other one".to_owned())?;
                for (reply, status) in [
                    (json!({"result": "not_authorized"}), 403),
                    (json!({"result": "Authorized"}), 403),
                    (json!({"result": ""}), 403),
                    (json!({"result": true}), 503),
                    (json!([{"result": "authorized"}]), 503),
                ] {
                    bench.issuer.misbehave("warrants", Reply::json(200, &reply));
                    orders(bench, &reply.to_string(), status).await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-workos-fga-answers", "Only a plain yes is a yes", Critical)
        .refs(&["CWE-636", CHECK])
        .sends("Good tokens while the check says no, `\"true\"`, 1, null, nothing; 404 and 422 in WorkOS's words; 404 in others'.")
        .expects("403 for no and for what is not there, 503 for the rest")
        .why("What is not understood is neither a yes nor a no.")
        .needs(FGA)
        .scene(|bench| {
            Box::pin(async move {
                for (reply, status) in [
                    (Reply::json(200, &json!({"authorized": false})), 403),
                    (Reply::json(200, &json!({"authorized": "true"})), 503),
                    (Reply::json(200, &json!({"authorized": 1})), 503),
                    (Reply::json(200, &json!({"authorized": null})), 503),
                    (Reply::json(200, &json!({})), 503),
                    (Reply::json(404, &json!({"message": "Resource not found."})), 403),
                    (Reply::text(404, "text/html", "<html></html>"), 503),
                    (Reply::json(422, &json!({"message": "Validation failed."})), 503),
                    (Reply::json(403, &json!({"message": "Forbidden"})), 503),
                ] {
                    let label = format!("{} {}", reply.status, String::from_utf8_lossy(&reply.body));
                    bench.issuer.misbehave("check", reply);
                    orders(bench, &label, status).await?;
                }
                bench.issuer.behave("check");
                bench.advance(KEPT);
                orders(bench, "well again", 200).await
            })
        }),
    Case::must("prov-workos-fga-membership", "The member of the organization that is meant", Critical)
        .refs(&["CWE-863", CHECK])
        .sends("Good tokens of a user of two organizations: of ours, of the other, of none; of a user of none.")
        .expects("accepted for ours; 403 for the other, for none of two, and without a membership")
        .why("Permissions belong to a membership; a guess would lend one organization's to the other.")
        .needs(FGA)
        .scene(|bench| {
            Box::pin(async move {
                let own = json!({"id": MEMBERSHIP, "organization_id": ORGANIZATION});
                let good = bench.forge.good();
                let forbidden = |answer: &Answer| answer.status == 403;
                bench.issuer.set_fact(facts::MEMBERSHIPS, json!([in_other(), own]));
                bench.must_allow("ours", &good.sign()).await?;
                let paths = bench.issuer.asked().into_iter().filter(|it| it.path.contains("/om_"));
                let of_ours = paths.map(|it| it.path).all(|path| path.contains(MEMBERSHIP));
                require(of_ours, || "it asked about another membership".to_owned())?;
                let unknown = good.clone().claim("org_id", "org_unknown").sign();
                let answer = bench.subject().ask(&unknown).await;
                bench.judge("an organization that is not theirs", &answer, "403", forbidden)?;
                let answer = bench.subject().ask(&good.clone().without("org_id").sign()).await;
                bench.judge("none of two", &answer, "403", forbidden)?;
                bench.issuer.set_fact(facts::MEMBERSHIPS, json!([]));
                bench.advance(KEPT);
                orders(bench, "no membership", 403).await
            })
        }),
    Case::must("prov-workos-fga-routes", "What no line is about is refused", Critical)
        .refs(&["CWE-276", "CWE-22"])
        .sends("Good tokens for other methods and paths, and for paths that read almost alike.")
        .expects("403; accepted where a line fits")
        .why("A route that was added in a hurry is nobody's until it has a line.")
        .needs(FGA)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([(
                    "rules",
                    "GET /shops/:id orders:read shop/:id, DELETE /orders orders:delete shop/acme",
                )])?;
                must_be(bench, Method::GET, "/shops/acme", 200).await?;
                must_be(bench, Method::GET, "/shops/acme?id=other", 200).await?;
                must_be(bench, Method::HEAD, "/shops/acme", 200).await?;
                must_be(bench, Method::DELETE, "/orders", 200).await?;
                must_be(bench, Method::GET, "/shops/other", 403).await?;
                must_be(bench, Method::POST, "/shops/acme", 403).await?;
                must_be(bench, Method::GET, "/orders", 403).await?;
                for path in [
                    "/", "/shops", "/shops/", "/shops/acme/", "//shops/acme", "/Shops/acme",
                    "/shops/../shops/acme", "/shops/acme%2f", "/shops/%61cme", "/shops/acme;a=b",
                    "/shops/acme/orders", "/shops/..",
                ] {
                    must_be(bench, Method::GET, path, 403).await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-workos-fga-nothing-kept", "A withdrawn permission is gone at once", Medium)
        .refs(&["CWE-613"])
        .sends("Three good tokens in a row, by default and with permissions kept for a minute.")
        .expects("three questions by default, one by choice")
        .why("How long a right may outlive its withdrawal is for the application to say.")
        .needs(FGA)
        .scene(|bench| {
            Box::pin(async move {
                for (expected, lifetime) in [(3, "0s"), (4, "1m")] {
                    bench.restart_with([("permissions_kept_for", lifetime)])?;
                    for _ in 0..3 {
                        orders(bench, lifetime, 200).await?;
                    }
                    let calls = bench.issuer.calls("check");
                    require(calls == expected, || format!("{lifetime}: saw {calls} questions"))?;
                }
                Ok(())
            })
        }),
];
