//! Tokens signed with a secret that issuer and server share.
//!
//! In: a token. Out: its claims. Checked: the signature, `exp`, and issuer and audience where they
//! are configured. Nothing is fetched. Whoever holds the secret can issue tokens: prefer a public key
//! (`jwt_keys`) where the issuer is not this very application.

use auth_core::{Algorithm, AuthProvider, Verifier};

use crate::secret_list::SecretList;

/// Accepts tokens signed with a shared secret.
#[derive(AuthProvider)]
#[auth(name = "jwt")]
pub struct Jwt {
    /// The secret: at least 32 bytes as they are, or several, newest first, each behind its form.
    #[auth(env = ["JWT_AUTH_SECRET", "MASTRA_JWT_SECRET"], secret)]
    secret: SecretList,

    /// Algorithms to accept: HS256, HS384 or HS512, the longer ones with secrets as long.
    #[auth(env = "JWT_AUTH_ALGORITHMS", default = vec![Algorithm::HS256])]
    algorithms: Vec<Algorithm>,

    /// Issuer that the token's `iss` must equal. Not checked when absent.
    #[auth(env = "JWT_AUTH_ISSUER")]
    issuer: Option<String>,

    /// Audience that the token's `aud` must contain. Not checked when absent.
    #[auth(env = "JWT_AUTH_AUDIENCE")]
    audience: Option<String>,

    #[auth(verify = Verifier::hmac_any(secret)
        .algorithms(algorithms.iter().copied())
        .danger_optional_issuer(issuer)
        .danger_optional_audience(audience))]
    verifier: Verifier,
}
