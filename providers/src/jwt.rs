//! Tokens signed with a secret that issuer and server share.
//!
//! In: a token signed with HS256. Out: its claims. Checked: the signature, `exp`, and issuer and
//! audience where they are configured. Whoever holds the secret can issue tokens: prefer an
//! asymmetric provider where the issuer is not this very application.

use auth_core::{AuthProvider, HmacSecret, Verifier};

/// Accepts tokens signed with a shared secret.
#[derive(AuthProvider)]
#[auth(name = "jwt")]
pub struct Jwt {
    /// The secret: at least 32 bytes, taken as they are (not base64, not hex).
    #[auth(env = ["JWT_AUTH_SECRET", "MASTRA_JWT_SECRET"])]
    secret: HmacSecret,

    /// Issuer that the token's `iss` must equal. Not checked when absent.
    #[auth(env = "JWT_AUTH_ISSUER")]
    issuer: Option<String>,

    /// Audience that the token's `aud` must contain. Not checked when absent.
    #[auth(env = "JWT_AUTH_AUDIENCE")]
    audience: Option<String>,

    #[auth(verify = Verifier::hmac(secret)
        .danger_optional_issuer(issuer)
        .danger_optional_audience(audience))]
    verifier: Verifier,
}
