//! Tokens signed with keys that were given by hand: shared secrets, public keys, a key set's file.
//!
//! In: a token. Out: its claims. Checked: the signature, `exp`, and issuer and audience where they
//! are configured. Nothing is fetched. Whoever holds a shared secret can issue tokens: prefer a
//! public key where the issuer is not this very application.

use std::path::{Path, PathBuf};

use auth_core::jwt::VerifierBuilder;
use auth_core::{Algorithm, AuthProvider, HmacSecret, Verifier};

use crate::secret_list::SecretList;

/// Accepts tokens signed with keys that were given by hand.
#[derive(AuthProvider)]
#[auth(name = "jwt")]
pub struct Jwt {
    /// A shared secret: at least 32 bytes, taken as they are (not base64, not hex).
    #[auth(env = ["JWT_AUTH_SECRET", "MASTRA_JWT_SECRET"])]
    secret: Option<HmacSecret>,

    /// Shared secrets, newest first, each behind its form: `raw:`, `hex:`, `base64:`, `base64url:`.
    #[auth(env = "JWT_AUTH_SECRETS", secret)]
    secrets: Option<SecretList>,

    /// Public keys or certificates in PEM, instead of a secret.
    #[auth(env = "JWT_AUTH_PUBLIC_KEY", secret = false)]
    public_key: Option<String>,

    /// File of a JSON Web Key Set, instead of a secret.
    #[auth(env = "JWT_AUTH_JWKS_FILE")]
    jwks_file: Option<PathBuf>,

    /// Algorithms to accept; HS256 with secrets, each key's own with public ones when absent.
    #[auth(env = "JWT_AUTH_ALGORITHMS")]
    algorithms: Option<Vec<Algorithm>>,

    /// Issuer that the token's `iss` must equal. Not checked when absent.
    #[auth(env = "JWT_AUTH_ISSUER")]
    issuer: Option<String>,

    /// Audience that the token's `aud` must contain. Not checked when absent.
    #[auth(env = "JWT_AUTH_AUDIENCE")]
    audience: Option<String>,

    #[auth(verify = keys(
            secret.iter().chain(secrets.iter().flatten()),
            public_key.as_deref(),
            jwks_file.as_deref(),
        )
        .map(|keys| with_algorithms(keys, algorithms.as_deref()))?
        .danger_optional_issuer(issuer)
        .danger_optional_audience(audience))]
    verifier: Verifier,
}

/// Keys of one kind: a verifier that took secrets and public keys alike could be shown one as the
/// other (RFC 8725, section 2.1).
fn keys<'s>(
    secrets: impl Iterator<Item = &'s HmacSecret>,
    public_key: Option<&str>,
    jwks_file: Option<&Path>,
) -> Result<VerifierBuilder, &'static str> {
    let secrets: Vec<_> = secrets.collect();
    match (&secrets[..], public_key, jwks_file) {
        ([], None, None) => Err("there is no key: call `.secret(..)` or set JWT_AUTH_SECRET, or \
            give secrets, public_key or jwks_file"),
        ([_, ..], None, None) => Ok(Verifier::hmac_any(secrets)),
        // A variable mostly holds a PEM text on one line.
        ([], Some(pem), None) => Ok(Verifier::pem(pem.replace("\\n", "\n"))),
        ([], None, Some(path)) => Ok(Verifier::jwks_file(path)),
        _ => Err("keys of several kinds are given: keep the secrets, public_key or jwks_file"),
    }
}

fn with_algorithms(keys: VerifierBuilder, chosen: Option<&[Algorithm]>) -> VerifierBuilder {
    match chosen {
        Some(algorithms) => keys.algorithms(algorithms.iter().copied()),
        None => keys,
    }
}
