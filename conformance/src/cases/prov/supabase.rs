//! Supabase's dialect (<https://supabase.com/docs/guides/auth/jwts>): users, not API keys; with an
//! account, unless sessions without one are let in; what a user says about themselves gives nothing.

use auth_core::Algorithm;
use serde_json::json;

use super::{must_forbid, must_not_start, must_refuse_algorithms, seen_by_handler};
use crate::bench::require;
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need};
use crate::forge::{Draft, Forge};

const SUPABASE: &[Need] = &[Need::Vendor("supabase")];

/// The legacy secret of a project, which signs its API keys as well.
const SECRET: &str = "super-secret-jwt-token-with-at-least-32-characters-long";

/// An API key: a JWT of the project without a user.
fn api_key(forge: &Forge, role: &str) -> Draft {
    ["sub", "aud", "session_id", "email", "aal", "amr"]
        .into_iter()
        .fold(forge.good(), Draft::without)
        .claim("iss", "supabase")
        .claim("ref", "abcdefghijklmnopqrst")
        .claim("role", role)
        .claim("exp", forge.at(315_360_000))
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-supabase-api-key", "An API key in place of a user's token", Critical)
        .refs(&["https://supabase.com/docs/guides/api/api-keys"])
        .sends("The `anon` and `service_role` keys, which are JWTs; ones that look like a user's.")
        .expects("refused with 401, before a key is fetched or the server is asked")
        .why("The one is public, the other may do everything, and neither is anybody.")
        .needs(SUPABASE)
        .scene(|bench| {
            Box::pin(async move {
                for role in ["anon", "service_role", "supabase_admin"] {
                    let key = api_key(&bench.forge, role);
                    let signed = key.clone().with_mac(Algorithm::HS256, SECRET.as_bytes());
                    bench.must_refuse(&format!("{role}, HS256"), &signed).await?;
                    bench.must_refuse(role, &key.sign()).await?;
                    let like_a_user = bench.forge.good().claim("role", role).sign();
                    bench.must_refuse(&format!("{role}, like a user"), &like_a_user).await?;
                }
                bench.must_have_fetched(0)?;
                require(bench.issuer.calls("user") == 0, || "it asked the server".to_owned())
            })
        }),
    Case::must("prov-supabase-legacy-secret", "The legacy secret", Critical)
        .refs(&["https://supabase.com/docs/guides/auth/signing-keys", "RFC 8725 §2.1"])
        .sends("Tokens of HS256 without the secret configured and with it; API keys of the secret.")
        .expects("refused with 401, accepted; API keys refused with 401")
        .why("While a project changes to signing keys, tokens of both kinds are in use.")
        .needs(SUPABASE)
        .scene(|bench| {
            Box::pin(async move {
                let mac = |draft: Draft| draft.with_mac(Algorithm::HS256, SECRET.as_bytes());
                let legacy = mac(bench.forge.good());
                let keyless = mac(bench.forge.good().without_header("kid"));
                bench.must_refuse("not configured", &legacy).await?;
                bench.restart_with([("jwt_secret", SECRET)])?;
                bench.must_allow("configured", &legacy).await?;
                bench.must_allow("no kid", &keyless).await?;
                bench.control().await?;
                for role in ["anon", "service_role"] {
                    let key = mac(api_key(&bench.forge, role));
                    bench.must_refuse(role, &key).await?;
                }
                let other = bench.forge.good().with_mac(Algorithm::HS256, &SECRET.as_bytes()[1..]);
                bench.must_refuse("another secret", &other).await
            })
        }),
    Case::must("prov-supabase-anonymous", "A session without an account", High)
        .refs(&["https://supabase.com/docs/guides/auth/auth-anonymous"])
        .sends("A token with `is_anonymous`, not let in and let in; one where it is a text.")
        .expects("refused with 403, accepted, refused with 401")
        .why("Anybody gets such a session by asking; it is `authenticated` all the same.")
        .needs(SUPABASE)
        .scene(|bench| {
            Box::pin(async move {
                let token_of = |value| bench.forge.good().claim("is_anonymous", value).sign();
                let (anonymous, text) = (token_of(json!(true)), token_of(json!("true")));
                must_forbid(bench, "not let in", &anonymous).await?;
                bench.restart_with([("accept_anonymous_users", "true")])?;
                bench.must_allow("let in", &anonymous).await?;
                bench.must_refuse("a text", &text).await
            })
        }),
    Case::must("prov-supabase-metadata", "What a user says about themselves", Critical)
        .refs(&["https://supabase.com/docs/guides/auth/users"])
        .sends("A token whose `user_metadata` says `admin` and whose `app_metadata` says `clerk`.")
        .expects("the role is clerk and not admin")
        .why("Users write `user_metadata` themselves.")
        .needs(SUPABASE)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good_token();
                let user = seen_by_handler(bench, "good", &token).await?;
                let is_right = user.has_role("clerk") && !user.has_role("admin");
                require(is_right, || "the roles are wrong".to_owned())?;
                require(!user.has_role("authenticated"), || "the role of all".to_owned())
            })
        }),
    Case::must("prov-supabase-other-project", "A token of another project", Critical)
        .refs(&["https://supabase.com/docs/guides/auth/jwts"])
        .sends("Tokens of other projects, hosts and paths; without a role, and without a subject.")
        .expects("refused with 401")
        .why("Every project has users, and only these are ours.")
        .needs(SUPABASE)
        .scene(|bench| {
            Box::pin(async move {
                for issuer in [
                    "https://zyxwvutsrqponmlkjihg.supabase.co/auth/v1",
                    "https://abcdefghijklmnopqrst.supabase.co",
                    "https://abcdefghijklmnopqrst.supabase.co/auth/v1/",
                    "supabase",
                ] {
                    let token = bench.forge.good().claim("iss", issuer).sign();
                    bench.must_refuse(issuer, &token).await?;
                }
                for claim in ["role", "sub"] {
                    let token = bench.forge.good().without(claim).sign();
                    bench.must_refuse(&format!("without {claim}"), &token).await?;
                }
                bench.control().await
            })
        }),
    Case::must("prov-supabase-algorithm", "An algorithm that was not agreed on", Critical)
        .refs(&["RFC 8725 §3.1"])
        .sends("A key set that also holds keys of other kinds, and correct tokens of them.")
        .expects("refused with 401; good tokens still work")
        .why("What the issuer publishes does not widen what the verifier accepts.")
        .needs(SUPABASE)
        .scene(|bench| {
            Box::pin(async move {
                must_refuse_algorithms(bench, &[Algorithm::ES384, Algorithm::ES256K]).await
            })
        }),
    Case::must("prov-supabase-configuration", "A key that may do everything", Medium)
        .refs(&["https://supabase.com/docs/guides/api/api-keys"])
        .sends("A secret key where the publishable one belongs; a project's URL that is none.")
        .expects("it does not start, and says why")
        .why("A key that is not needed is a key that can leak.")
        .needs(SUPABASE)
        .scene(|bench| {
            Box::pin(async move {
                let secret = "sb_secret_onlyForTests_0123456789";
                must_not_start(bench, [("publishable_key", secret)], "may do everything")?;
                let legacy = api_key(&bench.forge, "service_role").sign();
                must_not_start(bench, [("publishable_key", legacy)], "may do everything")?;
                must_not_start(bench, [("url", "http://abc.supabase.co")], "project's URL")?;
                must_not_start(bench, [("url", "https://abc.supabase.co/x")], "project's URL")
            })
        }),
];
