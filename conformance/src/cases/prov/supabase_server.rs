//! What a Supabase project's server is asked: whether a session still is, and whether a user is an
//! administrator.

use serde_json::json;

use super::{must_forbid, seen_by_handler};
use crate::bench::require;
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need};
use crate::idp::Reply;

const SUPABASE: &[Need] = &[Need::Vendor("supabase")];

/// So long an answer of the server may count.
const KEPT: u64 = 31;

pub(super) const CASES: &[Case] = &[
    Case::must("prov-supabase-signed-out", "A session that was ended", High)
        .refs(&["https://supabase.com/docs/guides/auth/sessions"])
        .sends("A good token, again, and after its session was ended.")
        .expects("accepted with one question, refused with 401 half a minute later")
        .why("The signature outlives the session.")
        .needs(SUPABASE)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good_token();
                bench.must_allow("at first", &token).await?;
                bench.must_allow("again", &token).await?;
                let asked = bench.issuer.calls("user");
                require(asked == 1, || format!("it asked {asked} times"))?;
                let session = bench.forge.dialect["session_id"].clone();
                bench.issuer.set_fact("signed_out", session);
                bench.advance(KEPT);
                bench.must_refuse("signed out", &token).await?;
                bench.issuer.set_fact("signed_out", json!(null));
                let other = bench.forge.good().claim("session_id", "another").sign();
                bench.must_allow("signed in again", &other).await
            })
        }),
    Case::must("prov-supabase-one-ended-session", "One ended session locks nobody out", High)
        .refs(&["https://supabase.com/docs/guides/auth/sessions"])
        .sends("A token of an ended session, then somebody else's good one at once.")
        .expects("refused with 401, accepted")
        .why("The server's 403 is about one token; it is no reason to stop asking.")
        .needs(SUPABASE)
        .scene(|bench| {
            Box::pin(async move {
                bench.issuer.set_fact("signed_out", "ended");
                let ended = bench.forge.good().claim("session_id", "ended").sign();
                bench.must_refuse("ended", &ended).await?;
                bench.control().await
            })
        }),
    Case::must("prov-supabase-another-user", "The server speaks of somebody else", Critical)
        .refs(&["RFC 8725 §3.8"])
        .sends("A good token, while the server answers with another user.")
        .expects("refused with 401")
        .why("Two sources that disagree about who calls prove nothing.")
        .needs(SUPABASE)
        .scene(|bench| {
            Box::pin(async move {
                let other = json!({"id": "00000000-0000-0000-0000-000000000001"});
                bench.issuer.misbehave("user", Reply::json(200, &other));
                let token = bench.forge.good_token();
                bench.must_refuse("another user", &token).await
            })
        }),
    Case::must("prov-supabase-admin", "Administrators only", High)
        .refs(&["https://supabase.com/docs/guides/database/postgres/row-level-security"])
        .sends("Tokens of an administrator, of another user, of one without a row; a broken table.")
        .expects("accepted, refused with 403, refused with 403, 503")
        .why("The rule is the application's own table, read with the user's own rights.")
        .needs(SUPABASE)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("require_admin", "true")])?;
                let token_of = |id: &str| bench.forge.good().claim("sub", id).sign();
                let ids = ["ann", "bob", "eve", "zoe"].map(|name| format!("{name}-0000"));
                let [ann, bob, eve, zoe] = ids.each_ref().map(|id| token_of(id));
                bench.issuer.set_fact("admin", ids[0].as_str());
                bench.issuer.set_fact("no_row", ids[2].as_str());
                bench.must_allow("an administrator", &ann).await?;
                must_forbid(bench, "another user", &bob).await?;
                must_forbid(bench, "no row", &eve).await?;
                for reply in [
                    Reply::json(200, &json!([{"is_admin": "true"}])),
                    Reply::json(200, &json!({"is_admin": true})),
                    Reply::json(404, &json!({"code": "PGRST205"})),
                    Reply::text(500, "text/plain", "oops"),
                ] {
                    bench.issuer.misbehave("users", reply);
                    bench.must_be_unavailable("a broken table", &zoe).await?;
                    bench.advance(2);
                }
                bench.issuer.behave("users");
                must_forbid(bench, "no administrator", &zoe).await
            })
        }),
    Case::must("prov-supabase-own-token", "Whose rights the table is read with", Medium)
        .refs(&["https://supabase.com/docs/guides/database/postgres/row-level-security"])
        .sends("A good token where administrators are asked for.")
        .expects("the table is asked with the user's token beside the publishable key")
        .why("Row-level security then decides what is seen.")
        .needs(SUPABASE)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("require_admin", "true")])?;
                let token = bench.forge.good_token();
                bench.issuer.set_fact("admin", bench.forge.subject.as_str());
                let _ = seen_by_handler(bench, "an administrator", &token).await?;
                let asked = bench.issuer.asked();
                let rows = asked.iter().find(|asked| asked.path == "/rest/v1/users");
                let is_own = rows.is_some_and(|asked| asked.bearer() == Some(&token));
                require(is_own, || "it was not asked as the user".to_owned())
            })
        }),
];
