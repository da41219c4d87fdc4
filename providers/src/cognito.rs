//! Tokens of an Amazon Cognito user pool.
//!
//! In: an access token, or, by choice, an ID token. Out: its claims. Checked: RS256 with the pool's
//! keys, either form of the pool's issuer, `token_use`, the app client, times. See
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html>.

use auth_core::jwt::Vocabulary;
use auth_core::{AuthProvider, Verifier};

/// Accepts tokens issued by an Amazon Cognito user pool.
#[derive(AuthProvider)]
#[auth(name = "cognito", check = Self::check)]
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

    // An access token names its client in `client_id`, and mostly has no `aud`.
    #[auth(verify = Verifier::remote(issuer("cognito-idp", user_pool_id) + "/.well-known/jwks.json")
        .issuer(issuer("cognito-idp", user_pool_id))
        .issuer(issuer("issuer-cognito-idp", user_pool_id))
        .danger_accept_any_audience()
        .expect("token_use", [if *id_tokens { "id" } else { "access" }])
        .expect(if *id_tokens { "aud" } else { "client_id" }, client_ids)
        .require("sub")
        .vocabulary(Vocabulary::new().scopes(["scope"]).roles(["cognito:groups"])))]
    verifier: Verifier,
}

impl Cognito {
    fn check(&self) -> Result<(), String> {
        let pool = &self.user_pool_id;
        region(pool).map(|_| ()).ok_or_else(|| {
            format!("user_pool_id: expected a pool such as eu-west-1_AbCdEfGhI, found {pool:?}")
        })
    }
}

/// The region of a pool: two words or three and a digit, before an underscore, letters and digits.
fn region(pool: &str) -> Option<&str> {
    let (region, id) = pool.split_once('_')?;
    let (words, number) = region.rsplit_once('-')?;
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    let is_region = words.contains('-') && words.split('-').all(is_word) && number.len() == 1;
    let is_id =
        !id.is_empty() && (number.bytes().chain(id.bytes())).all(|b| b.is_ascii_alphanumeric());
    (is_region && is_id).then_some(region)
}

/// The pool's issuer; partitions of the cloud have domains of their own.
fn issuer(service: &str, pool: &str) -> String {
    let region = region(pool).unwrap_or_default();
    let domain = match region.split('-').next() {
        Some("cn") => "amazonaws.com.cn",
        Some("eusc") => "amazonaws.eu",
        _ => "amazonaws.com",
    };
    format!("https://{service}.{region}.{domain}/{pool}")
}
