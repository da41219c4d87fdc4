//! Clerk's dialect (<https://clerk.com/docs/guides/sessions/session-tokens>): sessions that live for
//! a minute, kinds of tokens under one key, and the parties that may present them. Next:
//! `clerk_kind`.

use serde_json::json;

use crate::bench::require;
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Need, Sample};
use crate::forge::{Draft, Forge};
use crate::idp::Reply;

pub(super) const CLERK: &[Need] = &[Need::Vendor("clerk")];

const MANUAL: &str = "https://clerk.com/docs/guides/sessions/manual-jwt-verification";
pub(super) const TOKENS: &str = "https://clerk.com/docs/guides/sessions/session-tokens";

/// The party of good tokens.
const PARTY: &str = "https://app.acme.example";

/// A session token as Clerk makes it: a minute long, not before ten seconds ago.
pub(super) fn session(forge: &Forge) -> Draft {
    let draft = forge.good().header("oiat", forge.now);
    draft.claim("nbf", forge.at(-10)).claim("exp", forge.at(60))
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-clerk-session", "A session token", High)
        .refs(&[TOKENS])
        .sends("Session tokens that live for a minute, with and without what is optional.")
        .why("What every caller of a Clerk application sends.")
        .needs(CLERK)
        .accepted(|forge| {
            let draft = session(forge);
            let bare = draft.clone().without("sts").without("fva").without("jti").without("azp");
            vec![
                Sample::new("as it is", draft.clone().sign()),
                Sample::new("without what is optional", bare.sign()),
                Sample::new("without `typ`", draft.without_header("typ").sign()),
            ]
        }),
    Case::must("prov-clerk-skew", "Clocks that differ by five seconds", Low)
        .refs(&[MANUAL])
        .sends("`exp`, `nbf` and `iat` at the edges of the leeway, and past them.")
        .expects("accepted within it, refused with 401 past it")
        .why("Tokens live for a minute and are renewed all the time: clocks matter here.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let (leeway, forge) = (bench.forge.tolerance(), bench.forge.clone());
                require(leeway == 5, || format!("the leeway is {leeway} s"))?;
                for (name, inside) in [("exp", -4), ("nbf", 5), ("iat", 5)] {
                    let outside = if inside < 0 { -6 } else { 7 };
                    let token = |offset| session(&forge).claim(name, forge.at(offset)).sign();
                    bench.must_allow(&format!("{name} {inside}"), &token(inside)).await?;
                    bench.must_refuse(&format!("{name} {outside}"), &token(outside)).await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-clerk-azp", "Who may present a session", High)
        .refs(&[MANUAL])
        .sends("Tokens of the party that is listed, of others, and of none; none again by choice.")
        .expects("accepted, refused with 401, refused with 401; accepted by choice")
        .why("A token that leaked to another origin must not work from there.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let listed = ("authorized_parties", "https://other.acme.example,https://app.acme.example");
                bench.restart_with([listed])?;
                let forge = bench.forge.clone();
                let of = |party: &str| forge.good().claim("azp", party).sign();
                let none = forge.good().without("azp").sign();
                bench.must_allow("listed", &of(PARTY)).await?;
                for party in [
                    "https://evil.example", "https://app.acme.example.evil.example", "", "null",
                    "https://app.acme.example@evil.example", "https://APP.acme.example",
                    "http://app.acme.example", "https://app.acme.example/",
                ] {
                    bench.must_refuse(party, &of(party)).await?;
                }
                bench.must_refuse("none", &none).await?;
                bench.restart_with([listed, ("danger_accept_missing_azp", "true")])?;
                bench.must_allow("none, by choice", &none).await?;
                bench.must_refuse("another, by choice", &of("https://evil.example")).await?;
                let list = forge.good().claim("azp", json!([PARTY])).sign();
                bench.must_refuse("a list, by choice", &list).await
            })
        }),
    Case::must("prov-clerk-no-aud", "Sessions have no audience", Medium)
        .refs(&[TOKENS])
        .sends("A token without `aud`; then the same where an audience is configured.")
        .expects("accepted; refused with 401, and one for that audience accepted")
        .why("What Clerk leaves out cannot be asked for, unless the instance was told to add it.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                bench.restart_with([("audience", "orders")])?;
                let token = bench.forge.good_token();
                bench.must_refuse("none", &token).await?;
                let other = bench.forge.good().claim("aud", "orders-admin").sign();
                bench.must_refuse("another", &other).await?;
                let ours = bench.forge.good().claim("aud", json!(["orders"])).sign();
                bench.must_allow("ours", &ours).await
            })
        }),
    Case::must("prov-clerk-pending", "A session that is not complete", Medium)
        .refs(&["https://clerk.com/docs/guides/configure/session-tasks"])
        .sends("Tokens whose session is pending, or in a state that nobody knows; then by choice.")
        .expects("refused with 401; the pending one accepted by choice")
        .why("Somebody has yet to show a second factor, or to choose an organization.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let of = |status: serde_json::Value| {
                    bench.forge.good().claim("sts", status).sign()
                };
                let (pending, ended, odd) = (of(json!("pending")), of(json!("ended")), of(json!(1)));
                for (label, token) in [("pending", &pending), ("ended", &ended), ("a number", &odd)] {
                    bench.must_refuse(label, token).await?;
                }
                bench.restart_with([("danger_accept_pending_sessions", "true")])?;
                bench.must_allow("pending, by choice", &pending).await?;
                bench.must_refuse("ended, by choice", &ended).await
            })
        }),
    Case::must("prov-clerk-networkless", "A key that was given takes no network", Medium)
        .refs(&[MANUAL])
        .sends("Tokens to an instance that was given the key as PEM, plain and on one line.")
        .expects("accepted, a forged one refused with 401, and nobody asked")
        .why("Whoever gives the key wants to do without Clerk.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let pem = bench.forge.keys.current.pem();
                for pem in [pem.clone(), pem.trim().replace('\n', "\\n")] {
                    bench.restart_with([("jwt_key", pem.as_str()), ("fetch_memberships", "false")])?;
                    let token = bench.forge.good_token();
                    bench.must_allow("good", &token).await?;
                    let forged = bench.forge.good().signed_by(&bench.forge.keys.stranger).sign();
                    bench.must_refuse("forged", &forged).await?;
                }
                require(bench.issuer.asked().is_empty(), || "somebody was asked".to_owned())
            })
        }),
    Case::must("prov-clerk-secret-scope", "The secret key goes to Clerk's API only", Critical)
        .refs(&["CWE-522", "RFC 9110 §15.4"])
        .sends("Good tokens, while the key set redirects to another host and when it is well.")
        .expects("the secret key is sent to the API alone; the other host hears nothing")
        .why("Whoever has it is the application's owner.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let elsewhere = Reply::text(302, "text/plain", "");
                bench.issuer.reply(elsewhere.header("location", "https://canary.example/keys"));
                let token = bench.forge.good_token();
                bench.must_be_unavailable("redirected", &token).await?;
                bench.republish();
                bench.advance(60);
                let token = bench.forge.good_token();
                bench.must_allow("well", &token).await?;
                bench.must_not_have_strayed()?;
                let vendor = bench.registered().vendor;
                let secrets = vendor.secrets(bench.registered().descriptor());
                let asked = bench.issuer.asked();
                let has_secret = |host: &str| {
                    let mut there = asked.iter().filter(|asked| asked.host == host);
                    there.any(|asked| secrets.iter().any(|secret| asked.holds(secret)))
                };
                require(has_secret("api.clerk.com"), || "the API did not see it".to_owned())?;
                let (host, _) = bench.profile.key_url.clone().unwrap_or_default();
                require(!has_secret(&host), || format!("{host} saw the secret key"))
            })
        }),
    Case::must("prov-clerk-other-instance", "A token of another instance", Critical)
        .refs(&["RFC 8725 §3.8", "CWE-346"])
        .sends("Tokens of another instance: its issuer, its key, its key under our key's id.")
        .why("Anybody can open an instance and sign tokens there.")
        .needs(CLERK)
        .refused(|forge| {
            let other = &forge.keys.stranger;
            let draft = forge.good().claim("iss", "https://clerk.other.example");
            let own_id = draft.clone().header("kid", other.id()).signed_by(other);
            vec![
                Sample::new("its issuer", draft.sign()),
                Sample::new("its issuer and key", own_id.sign()),
                Sample::new("its key under our id", draft.signed_by(other).sign()),
                Sample::new("our issuer, its key", forge.good().signed_by(other).sign()),
                Sample::new(
                    "our issuer with a slash",
                    forge.good().claim("iss", format!("{}/", forge.issuer.as_deref().unwrap_or_default())).sign(),
                ),
            ]
        }),
    Case::must("prov-clerk-impersonation", "Somebody acts in a user's name", Medium)
        .refs(&["RFC 8693 §4.1", "https://clerk.com/docs/guides/users/impersonation"])
        .sends("A token with `act`, and tokens whose `act` names nobody.")
        .expects("accepted as the user, with the actor beside; the others refused with 401")
        .why("The log has to tell who it really was.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let actor = json!({"iss": "https://dashboard.clerk.com", "sid": "sess_9", "sub": "user_staff"});
                let token = bench.forge.good().claim("act", actor.clone()).sign();
                bench.must_allow("an actor", &token).await?;
                let answer = bench.subject().ask(&token).await;
                let is_user = answer.subject.as_ref() == Some(&bench.forge.subject);
                require(is_user, || format!("the actor became the user: {answer}"))?;
                let seen = answer.claims.as_ref().and_then(|claims| claims.get("act"));
                require(seen == Some(&actor), || "the handler does not see the actor".to_owned())?;
                for odd in [json!("user_staff"), json!({}), json!({"sub": 1}), json!({"sub": ""})] {
                    let token = bench.forge.good().claim("act", odd.clone()).sign();
                    bench.must_refuse(&odd.to_string(), &token).await?;
                }
                Ok(())
            })
        }),
];
