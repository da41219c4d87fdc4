//! WorkOS's session tokens (<https://workos.com/docs/reference/authkit/session-tokens>): their issuer
//! has more than one form, they name no audience, and other tokens of WorkOS are none of them. Next:
//! `workos_users`.

use serde_json::json;

use crate::bench::{Bench, require};
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need, Sample};
use crate::idp::Reply;
use crate::idp::workos::{CLIENT_ID, ORGANIZATION};
use crate::verdict::Stop;

pub(super) const WORKOS: &[Need] = &[Need::Vendor("workos")];

const SESSIONS: &str = "https://workos.com/docs/reference/authkit/session-tokens";

/// What a session token says is what the handler sees.
async fn session(bench: &mut Bench) -> Result<(), Stop> {
    bench.control().await?;
    let seen = bench.subject().ask(&bench.forge.good_token()).await.claims;
    let seen = seen.ok_or_else(|| Stop::Missed("the handler saw no claims".to_owned()))?;
    require(seen.claim("sid").is_some(), || "the handler did not see `sid`".to_owned())?;
    require(seen.organization() == Some(ORGANIZATION), || "organization is missing".to_owned())?;
    let speaks = seen.has_role("member") && seen.has_permission("orders:read");
    require(speaks && !seen.has_role("admin"), || "roles or permissions are wrong".to_owned())
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-workos-session", "A session token of AuthKit", High)
        .refs(&[SESSIONS])
        .sends("A session token with `sid`, `org_id`, `role`, `roles` and `permissions`.")
        .expects("accepted, with the organization, the role and the permission that were signed")
        .why("This is what AuthKit issues.")
        .needs(WORKOS)
        .scene(|bench| Box::pin(session(bench))),
    Case::must("prov-workos-issuer-forms", "Both forms of the issuer", High)
        .refs(&[SESSIONS, "workos/workos-node#1694"])
        .sends("Tokens whose issuer is WorkOS, and WorkOS with the client's id, as environments of different age have it.")
        .why("A provider that knows one form locks out everybody of the other environment.")
        .needs(WORKOS)
        .accepted(|forge| {
            let forms = ["https://api.workos.com".to_owned(), with_client(CLIENT_ID)];
            let sample = |form: String| {
                Sample::new(form.clone(), forge.good().claim("iss", form).sign())
            };
            forms.map(sample).into()
        }),
    Case::must("prov-workos-issuer-others", "No other form of the issuer", High)
        .refs(&["RFC 7519 §4.1.1", SESSIONS])
        .sends("Issuers that look like WorkOS's: a slash more, other hosts, other letter case, less of a path.")
        .why("Issuers are compared byte for byte, with those that this client's tokens have.")
        .needs(WORKOS)
        .refused(|forge| {
            [
                "https://api.workos.com/",
                "http://api.workos.com",
                "https://api.workos.com/user_management",
                "https://api.workos.com.evil.example",
                "https://API.workos.com",
                "https://api.workos-test.com",
                "https://acme.authkit.app",
            ]
            .map(|issuer| Sample::new(issuer, forge.good().claim("iss", issuer).sign()))
            .into()
        }),
    Case::must("prov-workos-other-client", "A token of another client", Critical)
        .refs(&["CVE-2026-23552", SESSIONS])
        .sends("Tokens with another client's id in the issuer, in `client_id`, and under another client's key.")
        .why("Every customer of WorkOS has a client; only one of them is ours.")
        .needs(WORKOS)
        .refused(|forge| {
            let other = "client_01HSOMEBODYELSE00000000000";
            let appended = format!("{}/{other}", with_client(CLIENT_ID));
            vec![
                Sample::new("issuer", forge.good().claim("iss", with_client(other)).sign()),
                Sample::new("issuer, both", forge.good().claim("iss", appended).sign()),
                Sample::new("client_id", forge.good().claim("client_id", other).sign()),
                Sample::new("client_id as a list", {
                    forge.good().claim("client_id", json!([CLIENT_ID, other])).sign()
                }),
                Sample::new("key", forge.good().signed_by(&forge.keys.stranger).sign()),
            ]
        }),
    Case::must("prov-workos-no-aud", "A token without an audience", Medium)
        .refs(&["workos/authkit-nextjs#266"])
        .sends("A session token as it is by default, without `aud`, with and without `client_id`.")
        .why("What binds it to the application are the keys of the one client.")
        .needs(WORKOS)
        .accepted(|forge| {
            let named = forge.good().claim("client_id", CLIENT_ID).sign();
            vec![
                Sample::new("no aud", forge.good().without("aud").sign()),
                Sample::new("client_id", named),
            ]
        }),
    Case::must("prov-workos-org", "A token of another organization", High)
        .refs(&["https://workos.com/docs/authkit/organizations"])
        .sends("Tokens of the organization that was configured, of another, of none, and of a list.")
        .expects("accepted, and refused with 401 three times")
        .why("All organizations of an environment share issuer and keys.")
        .needs(WORKOS)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("organization", ORGANIZATION)])?;
                let good = bench.forge.good();
                let other = good.clone().claim("org_id", "org_other").sign();
                let listed = good.clone().claim("org_id", json!([ORGANIZATION])).sign();
                bench.must_allow("this one", &good.sign()).await?;
                bench.must_refuse("another", &other).await?;
                bench.must_refuse("none", &good.clone().without("org_id").sign()).await?;
                bench.must_refuse("a list", &listed).await?;
                bench.must_allow("this one again", &good.sign()).await
            })
        }),
    Case::must("prov-workos-impersonation", "Somebody acts as a user", Medium)
        .refs(&["RFC 8693 §4.1", "https://workos.com/docs/authkit/impersonation"])
        .sends("A token with `act`, and tokens whose `act` names nobody.")
        .expects("accepted as the user, with `act` for the handler; refused with 401 where it names nobody")
        .why("Staff who look through a user's eyes must not be mistaken for that user.")
        .needs(WORKOS)
        .scene(|bench| {
            Box::pin(async move {
                let actor = json!({"sub": "staff@acme.example"});
                let token = bench.forge.good().claim("act", actor.clone()).sign();
                let answer = bench.subject().ask(&token).await;
                bench.note("act", &answer);
                let is_user = answer.subject.as_ref() == Some(&bench.forge.subject);
                require(answer.is_allowed() && is_user, || format!("act: got {answer}"))?;
                let seen = answer.claims.as_ref().and_then(|claims| claims.get("act"));
                require(seen == Some(&actor), || "the handler cannot see the actor".to_owned())?;
                for nobody in [json!("staff"), json!({}), json!({"sub": ""}), json!({"sub": 7})] {
                    let token = bench.forge.good().claim("act", nobody.clone()).sign();
                    bench.must_refuse(&nobody.to_string(), &token).await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-workos-network-error", "WorkOS's keys cannot be had", Medium)
        .refs(&["RFC 9110 §15.6.4"])
        .sends("A good token while the keys answer 500, and while they answer 404.")
        .expects("503, and accepted once they are back")
        .why("An outage of WorkOS logs nobody out.")
        .needs(WORKOS)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good_token();
                for status in [500, 404] {
                    let reply = Reply::json(status, &json!({"message": "no"}));
                    bench.issuer.reply(reply);
                    bench.must_be_unavailable(&status.to_string(), &token).await?;
                    bench.advance(60);
                }
                bench.republish();
                bench.advance(60);
                bench.control().await
            })
        }),
    Case::must("prov-workos-connect-token", "A token of Connect in place of a session's", High)
        .refs(&["https://workos.com/docs/authkit/connect"])
        .sends("A token of the AuthKit domain for a resource, as OAuth applications and machines have it.")
        .why("It says what an application may do, not who is logged in here.")
        .needs(WORKOS)
        .refused(|forge| {
            let draft = forge.good().claim("iss", "https://acme.authkit.app");
            let draft = draft.claim("aud", CLIENT_ID).claim("scope", "orders:read");
            let machine = draft.clone().without("sid").claim("sub", "client_01HMACHINE");
            vec![Sample::new("user", draft.sign()), Sample::new("machine", machine.sign())]
        }),
    Case::must("prov-workos-sealed", "A sealed session in place of a token", Medium)
        .refs(&["https://workos.com/docs/authkit/sessions"])
        .sends("What AuthKit's cookie holds, and a refresh token.")
        .why("They are for the application's own server, and no access tokens.")
        .needs(WORKOS)
        .refused(|_| {
            vec![
                Sample::new("sealed", "Fe26.2*1*c2FsdA*aXY*Y2lwaGVy**c2FsdDI*bWFj~2"),
                Sample::new("refresh token", "Xw5kTZ2V9s1y0X8cQmW4rLb7n"),
            ]
        }),
];

fn with_client(client: &str) -> String {
    format!("https://api.workos.com/user_management/{client}")
}
