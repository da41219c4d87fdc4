//! ID tokens of Google accounts.
//!
//! In: an ID token for one of the configured clients. Out: its claims. Checked: RS256 with Google's
//! keys, either spelling of the issuer, audience, at most 24 hours from `iat` to `exp`, a verified
//! address where there is one, the hosted domain where one is configured. See
//! <https://developers.google.com/identity/gsi/web/guides/verify-google-id-token>.

use std::time::Duration;

use auth_core::jwt::VerifierBuilder;
use auth_core::{AuthError, AuthProvider, Claims, Verifier};

/// Accepts ID tokens issued by Google.
#[derive(AuthProvider)]
#[auth(name = "google-id-token")]
pub struct GoogleIdToken {
    /// Client ids that the token may be for; for a service account, the address it asked for.
    #[auth(env = ["GOOGLE_CLIENT_IDS", "GOOGLE_CLIENT_ID"])]
    client_ids: Vec<String>,

    /// Google Workspace domains whose users are accepted (`hd`). Every Google account when absent.
    #[auth(env = "GOOGLE_HOSTED_DOMAINS")]
    hosted_domains: Option<Vec<String>>,

    #[auth(verify = hosted_domains.iter().fold(
        client_ids.iter().fold(google(), VerifierBuilder::audience),
        |google, domains| google.expect("hd", domains),
    ))]
    verifier: Verifier,
}

fn google() -> VerifierBuilder {
    Verifier::remote("https://www.googleapis.com/oauth2/v3/certs")
        .issuer("https://accounts.google.com")
        .issuer("accounts.google.com")
        .max_lifetime(Duration::from_hours(24))
        .require("sub")
        .check(address_is_verified)
}

/// An address that nobody has verified is anybody's.
fn address_is_verified(claims: &Claims) -> Result<(), AuthError> {
    let is_verified = claims.get("email_verified").is_some_and(|value| value == true);
    if is_verified || claims.get("email").is_none() {
        return Ok(());
    }
    Err(AuthError::ClaimMismatch("email_verified".into()))
}
