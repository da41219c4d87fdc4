//! What WorkOS says of a user and their memberships
//! (<https://workos.com/docs/reference/authkit/user>): who is gone is gone, who left an organization
//! left it, and of several organizations none is guessed. Next: `workos_fga`.

use serde_json::{Value, json};

use super::workos::WORKOS;
use crate::bench::{Bench, require};
use crate::case::Case;
use crate::case::Severity::{Critical, High, Medium};
use crate::idp::Reply;
use crate::idp::workos::{MEMBERSHIP, ORGANIZATION, USER, facts};
use crate::verdict::Stop;

const MEMBERSHIPS: &str = "https://workos.com/docs/reference/authkit/organization-membership/list";
const USERS: &str = "https://workos.com/docs/reference/authkit/user";

/// Longer than anything that WorkOS says is kept.
const KEPT: u64 = 31;

/// Another organization, and a membership in it.
const OTHER: &str = "org_01HFAKEOTHER0000000000000000";

fn in_own(role: &str) -> Value {
    json!({"id": MEMBERSHIP, "organization_id": ORGANIZATION, "role": role})
}

fn in_other(role: &str) -> Value {
    json!({"id": "om_01HFAKEOTHER", "organization_id": OTHER, "role": role})
}

/// WorkOS lists these memberships from now on, and nobody remembers others.
fn belongs(bench: &mut Bench, memberships: impl Into<Value>) {
    bench.issuer.set_fact(facts::MEMBERSHIPS, memberships);
    bench.advance(KEPT);
}

async fn must_forbid(bench: &mut Bench, label: &str, token: &str) -> Result<(), Stop> {
    let answer = bench.subject().ask(token).await;
    bench.judge(label, &answer, "refused with 403", |answer| answer.status == 403)
}

/// So many memberships, our own the last.
fn many(count: usize) -> Vec<Value> {
    let other = |n| json!({"id": format!("om_{n:04}"), "organization_id": format!("org_{n:04}")});
    (1..count).map(other).chain([in_own("member")]).collect()
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-workos-user-gone", "The user was deleted", Critical)
        .refs(&[USERS])
        .sends("A good token of a user whom WorkOS does not know any more.")
        .expects("refused with 401")
        .why("A session outlives its user by minutes.")
        .needs(WORKOS)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                bench.issuer.set_fact(facts::GONE, json!([USER]));
                bench.advance(KEPT);
                let token = bench.forge.good_token();
                bench.must_refuse("gone", &token).await?;
                bench.issuer.set_fact(facts::GONE, json!([]));
                bench.advance(KEPT);
                bench.control().await
            })
        }),
    Case::must("prov-workos-user-not-found", "Somebody else's 404", High)
        .refs(&["CWE-636"])
        .sends("Good tokens while a proxy answers 404 in WorkOS's place, and while WorkOS tells of another user.")
        .expects("503")
        .why("Nobody said that the user is gone, and nobody said who they are.")
        .needs(WORKOS)
        .scene(|bench| {
            Box::pin(async move {
                for (label, reply) in [
                    ("HTML", Reply::text(404, "text/html", "<html>404</html>")),
                    ("{}", Reply::json(404, &json!({}))),
                    ("another", Reply::json(200, &json!({
                        "id": "user_other", "email": "eve@evil.example", "email_verified": true
                    }))),
                ] {
                    bench.issuer.misbehave("user", reply);
                    let token = bench.forge.good_token();
                    bench.must_be_unavailable(label, &token).await?;
                }
                bench.issuer.behave("user");
                bench.control().await
            })
        }),
    Case::must("prov-workos-kept-briefly", "What WorkOS says is kept briefly", Medium)
        .refs(&["https://workos.com/docs/reference/rate-limits"])
        .sends("A hundred good tokens of one user, and one more half a minute later.")
        .expects("accepted, after one question, and after one more")
        .why("WorkOS limits how often it is asked, and a change must be noticed all the same.")
        .needs(WORKOS)
        .scene(|bench| {
            Box::pin(async move {
                for expected in [1, 2] {
                    for _ in 0..100 {
                        bench.control().await?;
                    }
                    for endpoint in ["user", "memberships"] {
                        let calls = bench.issuer.calls(endpoint);
                        require(calls == expected, || {
                            format!("{endpoint}: expected {expected} questions, saw {calls}")
                        })?;
                    }
                    bench.advance(KEPT);
                }
                Ok(())
            })
        }),
    Case::must("prov-workos-left", "The user left the organization", High)
        .refs(&[MEMBERSHIPS])
        .sends("Good tokens of an organization in which the user's membership is inactive, pending, and not there.")
        .expects("refused with 401")
        .why("The token is older than the change.")
        .needs(WORKOS)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let mut inactive = in_own("member");
                inactive["status"] = json!("inactive");
                let mut pending = in_own("member");
                pending["status"] = json!("pending");
                for memberships in [json!([inactive, in_other("member")]), json!([pending]), json!([])] {
                    belongs(bench, memberships.clone());
                    let token = bench.forge.good_token();
                    bench.must_refuse(&memberships.to_string(), &token).await?;
                }
                belongs(bench, json!([in_own("member")]));
                bench.control().await
            })
        }),
    Case::must("prov-workos-pages", "Memberships on several pages", High)
        .refs(&[MEMBERSHIPS, "CWE-770"])
        .sends("A good token of a user of 250 organizations, its own the last; then of one of 5000; then a list that never ends.")
        .expects("accepted after three pages; 503, after a bounded number of pages")
        .why("Whoever reads the first page only locks out the rest; whoever reads all can be kept reading.")
        .needs(WORKOS)
        .scene(|bench| {
            Box::pin(async move {
                belongs(bench, many(250));
                let token = bench.forge.good_token();
                bench.must_allow("250", &token).await?;
                let pages = bench.issuer.calls("memberships");
                require(pages == 3, || format!("expected 3 pages, saw {pages}"))?;
                belongs(bench, many(5000));
                bench.must_be_unavailable("5000", &token).await?;
                let endless = json!({"object": "list", "data": [], "list_metadata": {"after": "om_1"}});
                bench.issuer.misbehave("memberships", Reply::json(200, &endless));
                bench.must_be_unavailable("no end", &token).await?;
                let pages = bench.issuer.calls("memberships");
                require(pages < 60, || format!("it read {pages} pages"))
            })
        }),
    Case::must("prov-workos-others-memberships", "Somebody else's memberships", Critical)
        .refs(&["CWE-639"])
        .sends("A good token while WorkOS lists the memberships of another user.")
        .expects("503")
        .why("A role is as good as the name that it belongs to.")
        .needs(WORKOS)
        .scene(|bench| {
            Box::pin(async move {
                let entry = json!({
                    "id": MEMBERSHIP, "user_id": "user_other", "organization_id": ORGANIZATION,
                    "status": "active", "role": {"slug": "admin"}
                });
                let list = json!({"object": "list", "data": [entry], "list_metadata": {"after": null}});
                bench.issuer.misbehave("memberships", Reply::json(200, &list));
                let token = bench.forge.good_token();
                bench.must_be_unavailable("another's", &token).await?;
                bench.issuer.behave("memberships");
                bench.control().await
            })
        }),
    Case::must("prov-workos-role", "A role counts where the user acts", Critical)
        .refs(&[MEMBERSHIPS, "CWE-863"])
        .sends("With `require_role` `admin`: tokens of an admin, of a member whose token still says admin, and of an admin of another organization.")
        .expects("accepted, 403, 403")
        .why("An admin of their own organization is nobody in ours, and a token may be older than a change.")
        .needs(WORKOS)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("require_role", "admin")])?;
                let good = bench.forge.good();
                let old = good.clone().claim("role", "admin").claim("roles", json!(["admin"]));
                belongs(bench, json!([in_own("admin"), in_other("member")]));
                bench.must_allow("admin", &good.sign()).await?;
                belongs(bench, json!([in_own("member"), in_other("admin")]));
                must_forbid(bench, "admin elsewhere", &good.sign()).await?;
                must_forbid(bench, "no longer admin", &old.sign()).await
            })
        }),
    Case::must("prov-workos-only-membership", "Only a single membership decides", High)
        .refs(&[MEMBERSHIPS])
        .sends("With `require_role` `admin`: tokens without an organization of a user who is admin of the only one, and of one of two.")
        .expects("accepted, 403")
        .why("Of several organizations nobody can say in which one they act.")
        .needs(WORKOS)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("require_role", "admin")])?;
                let token = bench.forge.good().without("org_id").sign();
                belongs(bench, json!([in_own("admin")]));
                bench.must_allow("the only one", &token).await?;
                belongs(bench, json!([in_own("admin"), in_other("admin")]));
                must_forbid(bench, "one of two", &token).await
            })
        }),
    Case::must("prov-workos-trusted-claims", "Claims in place of the user, by choice only", High)
        .refs(&["https://workos.com/docs/authkit/jwt-templates"])
        .sends("A service's token, with and without `trust_jwt_claims`; one whose namespaced id is missing.")
        .expects("refused with 401 by default; accepted by choice, as the id that its claim says, and nobody is asked; 401 without it")
        .why("Services have tokens and no user; for everybody else WorkOS knows more than the token.")
        .needs(WORKOS)
        .scene(|bench| {
            Box::pin(async move {
                bench.issuer.set_fact(facts::GONE, json!(["service_7"]));
                let service = bench.forge.good().claim("sub", "service_7");
                let named = service.clone().claim("https://acme.example/id", "billing");
                bench.must_refuse("by default", &named.sign()).await?;
                let asked = bench.issuer.calls("user");
                bench.restart_with([
                    ("trust_jwt_claims", "true"),
                    ("fetch_memberships", "false"),
                    ("user_id_claim", "https://acme.example/id"),
                ])?;
                let answer = bench.subject().ask(&named.sign()).await;
                bench.note("by choice", &answer);
                let is_billing = answer.subject.as_deref() == Some("billing");
                require(answer.is_allowed() && is_billing, || format!("by choice: {answer}"))?;
                bench.must_refuse("no id", &service.sign()).await?;
                require(bench.issuer.calls("user") == asked, || "it asked for the user".to_owned())
            })
        }),
];
