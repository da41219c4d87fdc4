//! Tokens of an Amazon Cognito user pool.
//!
//! In: an access token, or, by choice, an ID token. Out: its claims. Checked: RS256 with the pool's
//! keys, either form of the pool's issuer, `token_use`, the app client, times. See
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html>.

use auth_core::jwt::Vocabulary;
use auth_core::{AuthProvider, Verifier};

/// Accepts tokens issued by an Amazon Cognito user pool.
#[derive(AuthProvider)]
#[auth(name = "cognito")]
pub struct Cognito {
    /// User pool, such as `eu-west-1_AbCdEfGhI`. It names the region as well.
    #[auth(env = "COGNITO_USER_POOL_ID")]
    user_pool_id: String,

    /// App clients whose tokens are accepted.
    #[auth(env = ["COGNITO_CLIENT_IDS", "COGNITO_CLIENT_ID"])]
    client_ids: Vec<String>,

    /// Takes ID tokens in place of access tokens.
    #[auth(env = "COGNITO_ID_TOKENS", default)]
    id_tokens: bool,

    #[auth(init = place(user_pool_id)?)]
    place: String,

    // An access token names its client in `client_id`, and mostly has no `aud`.
    #[auth(verify = Verifier::remote(format!("https://cognito-idp.{place}/.well-known/jwks.json"))
        .issuer(format!("https://cognito-idp.{place}"))
        .issuer(format!("https://issuer-cognito-idp.{place}"))
        .danger_accept_any_audience()
        .expect("token_use", [if *id_tokens { "id" } else { "access" }])
        .expect(if *id_tokens { "aud" } else { "client_id" }, client_ids)
        .require("sub")
        .vocabulary(Vocabulary::new().scopes(["scope"]).roles(["cognito:groups"])))]
    verifier: Verifier,
}

/// What the pool's two issuers have in common: region, domain and pool. A pool is a region, an
/// underscore, and letters and digits; the cloud's partitions have domains of their own.
fn place(pool: &str) -> Result<String, String> {
    let (region, id) = pool.split_once('_').unwrap_or_default();
    let (words, number) = region.rsplit_once('-').unwrap_or_default();
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    let is_region = words.contains('-') && words.split('-').all(is_word) && number.len() == 1;
    let rest = number.bytes().chain(id.bytes()).all(|b| b.is_ascii_alphanumeric());
    if !is_region || !rest || id.is_empty() {
        let expected = "expected a pool such as eu-west-1_AbCdEfGhI";
        return Err(format!("user_pool_id: {expected}, found {pool:?}"));
    }
    let domain = match region.split('-').next() {
        Some("cn") => "amazonaws.com.cn",
        Some("eusc") => "amazonaws.eu",
        _ => "amazonaws.com",
    };
    Ok(format!("{region}.{domain}/{pool}"))
}
