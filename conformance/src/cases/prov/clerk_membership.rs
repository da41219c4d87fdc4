//! What Clerk itself says of a user's memberships: it is fresher than the token, it comes in pages,
//! and it may not come at all. Next: `clerk_machine`.

use auth_core::Principal as _;
use serde_json::{Value, json};

use super::clerk::CLERK;
use super::clerk_organization::{must_forbid, organization};
use crate::bench::require;
use crate::case::Case;
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::idp::Reply;
use crate::idp::clerk::membership;

const MEMBERSHIPS: &str = "https://clerk.com/docs/reference/backend-api";

pub(super) const CASES: &[Case] = &[
    Case::must("prov-clerk-membership-ended", "A membership that was ended", High)
        .refs(&[MEMBERSHIPS, "CWE-613"])
        .sends("A good token of somebody who has left the organization, and has left them all.")
        .expects("403; and accepted where no organization is named")
        .why("The token is younger than a minute, and still older than the decision.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let token = bench.forge.good_token();
                for left in [json!([membership("org_other", "other", "org:admin")]), json!([])] {
                    bench.issuer.set_fact("memberships", left);
                    bench.restart(|provider| provider)?;
                    must_forbid(bench, "left", &token).await?;
                    let none = bench.forge.good().without("o").sign();
                    bench.must_allow("nowhere", &none).await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-clerk-role-withdrawn", "A role and permissions that were withdrawn", High)
        .refs(&[MEMBERSHIPS, "CWE-613"])
        .sends("A good token of an admin who has become a member since.")
        .expects("neither role nor permission counts that Clerk no longer says")
        .why("What is asked for freshness must be what counts.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let id = organization(bench)["id"].as_str().unwrap_or_default().to_owned();
                let mut member = membership(&id, "acme", "org:member");
                member["permissions"] = json!(["org:teams:read", "org:teams:delete"]);
                bench.issuer.set_fact("memberships", json!([member]));
                let token = bench.forge.good_token();
                bench.restart(|it| it.authorize_user(|user, _| user.has_role("org:admin")))?;
                must_forbid(bench, "role", &token).await?;
                bench.restart(|it| it.authorize_user(|user, _| user.has_role("org:member")))?;
                bench.must_allow("the new role", &token).await?;
                for (permission, is_left) in [
                    ("org:teams:read", true),
                    ("org:dashboard:manage", false),
                    ("org:teams:delete", false),
                ] {
                    bench.restart(|it| {
                        it.authorize_user(move |user, _| user.has_permission(permission))
                    })?;
                    if is_left {
                        bench.must_allow(permission, &token).await?;
                    } else {
                        must_forbid(bench, permission, &token).await?;
                    }
                }
                Ok(())
            })
        }),
    Case::must("prov-clerk-membership-pages", "More memberships than a page holds", Medium)
        .refs(&[MEMBERSHIPS, "CWE-770"])
        .sends("Good tokens of somebody with 250 memberships, with 1001, and with a page missing.")
        .expects("accepted after three pages; 503 where the list cannot be had whole")
        .why("Half a list refuses those who belong; an endless one is asked for for ever.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let own = organization(bench)["id"].as_str().unwrap_or_default().to_owned();
                let many = |count: usize| -> Vec<Value> {
                    let other = |place| membership(&format!("org_{place}"), "other", "org:member");
                    let mut all: Vec<_> = (1..count).map(other).collect();
                    all.push(membership(&own, "acme", "org:admin"));
                    all
                };
                let token = bench.forge.good_token();
                bench.issuer.set_fact("memberships", many(250));
                bench.must_allow("250", &token).await?;
                let calls = bench.issuer.calls("memberships");
                require(calls == 3, || format!("250 memberships took {calls} questions"))?;
                bench.issuer.set_fact("memberships", many(1001));
                bench.restart(|provider| provider)?;
                bench.must_be_unavailable("1001", &token).await?;
                let calls = bench.issuer.calls("memberships") - calls;
                require(calls <= 10, || format!("1001 memberships took {calls} questions"))?;
                bench.restart(|provider| provider)?;
                let empty = Reply::json(200, &json!({"data": [], "total_count": 5}));
                bench.issuer.misbehave("memberships", empty);
                bench.must_be_unavailable("a page missing", &token).await
            })
        }),
    Case::must("prov-clerk-user-gone", "A user who was deleted", High)
        .refs(&[MEMBERSHIPS, "CWE-613"])
        .sends("A good token of a user whom Clerk no longer knows; a 404 that says nothing.")
        .expects("refused with 401; 503")
        .why("A 404 about the user is an answer, any other one is none.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                bench.restart(|provider| provider)?;
                bench.issuer.set_fact("nobody", true);
                let token = bench.forge.good_token();
                bench.must_refuse("gone", &token).await?;
                bench.issuer.misbehave("memberships", Reply::text(404, "text/html", "<html>"));
                bench.must_be_unavailable("an address that is gone", &token).await
            })
        }),
    Case::must("prov-clerk-membership-of-another", "An answer about somebody else", Critical)
        .refs(&["CWE-346"])
        .sends("A good token, while Clerk answers with the memberships of another user.")
        .expects("503")
        .why("Whatever mixed them up, they are not this user's.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let id = organization(bench)["id"].as_str().unwrap_or_default().to_owned();
                let mut other = membership(&id, "acme", "org:admin");
                other["public_user_data"]["user_id"] = json!("user_other");
                bench.issuer.set_fact("memberships", json!([other]));
                let token = bench.forge.good_token();
                bench.must_be_unavailable("of another", &token).await
            })
        }),
    Case::must("prov-clerk-quota", "Clerk's rate limit", Low)
        .refs(&["https://clerk.com/docs/guides/how-clerk-works/system-limits"])
        .sends("Good tokens of two users while Clerk answers one question, and refuses the next.")
        .expects("the first accepted, again from memory; the second 503, and Clerk left alone")
        .why("The limit is the whole application's: what one route spends, a login lacks.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                bench.issuer.set_fact("quota", 1);
                let first = bench.forge.good_token();
                let second = bench.forge.good().claim("sub", "user_second").sign();
                bench.must_allow("first", &first).await?;
                bench.must_allow("first, again", &first).await?;
                bench.must_be_unavailable("second", &second).await?;
                bench.must_be_unavailable("second, at once", &second).await?;
                let calls = bench.issuer.calls("memberships");
                require(calls == 2, || format!("Clerk was asked {calls} times"))?;
                bench.issuer.set_fact("quota", Value::Null);
                bench.advance(11);
                let second = bench.forge.good().claim("sub", "user_second").sign();
                bench.must_allow("second, later", &second).await
            })
        }),
];
