//! Tokens of an Amazon Cognito user pool.
//!
//! In: an access token, or, by choice, an ID token. Out: its claims. Checked: RS256 with the pool's
//! keys, either form of the pool's issuer, `token_use`, the app client, times. See
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html>.

use auth_core::jwt::{VerifierBuilder, Vocabulary};
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

    #[auth(verify = {
        let pool = Verifier::remote(issuer("cognito-idp", user_pool_id) + "/.well-known/jwks.json")
            .issuer(issuer("cognito-idp", user_pool_id))
            .issuer(issuer("issuer-cognito-idp", user_pool_id))
            .require("sub")
            .vocabulary(Vocabulary::new().scopes(["scope"]).roles(["cognito:groups"]));
        if *id_tokens {
            client_ids.iter().fold(pool.expect("token_use", ["id"]), VerifierBuilder::audience)
        } else {
            // An access token names its client in `client_id`, and mostly has no `aud`.
            pool.danger_accept_any_audience()
                .expect("token_use", ["access"])
                .expect("client_id", client_ids)
        }
    })]
    verifier: Verifier,
}

impl Cognito {
    fn check(&self) -> Result<(), String> {
        let pool = &self.user_pool_id;
        is_pool(pool).then_some(()).ok_or_else(|| {
            format!("user_pool_id: expected a pool such as eu-west-1_AbCdEfGhI, found {pool:?}")
        })
    }
}

/// Whether it is a region, an underscore, and letters and digits.
fn is_pool(text: &str) -> bool {
    let Some((region, id)) = text.split_once('_') else { return false };
    let words: Vec<_> = region.split('-').collect();
    let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    let Some((number, words)) = words.split_last() else { return false };
    let is_region = matches!(words.len(), 2 | 3) && words.iter().all(is_word);
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_region && is_id && matches!(number.as_bytes(), [b'0'..=b'9'])
}

/// The pool's issuer; partitions of the cloud have domains of their own.
fn issuer(service: &str, pool: &str) -> String {
    let (region, _) = pool.split_once('_').unwrap_or_default();
    let domain = match region.split('-').next() {
        Some("cn") => "amazonaws.com.cn",
        Some("eusc") => "amazonaws.eu",
        _ => "amazonaws.com",
    };
    format!("https://{service}.{region}.{domain}/{pool}")
}
