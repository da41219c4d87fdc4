//! What tells an ID token from an access token, whatever its audience: verified claims in, leave to
//! go on out. Used by the providers whose vendor issues both.

use auth_core::{AuthError, Claims};

/// Claims that bind an ID token to the login it came from (OpenID Connect Core 1.0, sections 2 and
/// 3.3.2.11); an access token has nothing to bind.
const BOUND: [&str; 4] = ["nonce", "at_hash", "c_hash", "s_hash"];

/// Where some issuers name the kind of a token, and what they call this one.
const KINDS: [(&str, &str); 2] = [("typ", "ID"), ("token_use", "id")];

/// Refuses an ID token: it says who logged in at an application, and opens no API.
pub(crate) fn refuse(claims: &Claims) -> Result<(), AuthError> {
    let is_bound = BOUND.iter().any(|name| claims.get(name).is_some());
    let is_named = |(claim, kind): &(&str, &str)| {
        claims.claim(claim).is_some_and(|found| found.eq_ignore_ascii_case(kind))
    };
    // Okta marks the kind in the token's id, `AT.` or `ID.`.
    let is_marked = claims.claim("jti").is_some_and(|id| id.starts_with("ID."));
    if is_bound || is_marked || KINDS.iter().any(is_named) {
        Err(AuthError::TypeNotAllowed)
    } else {
        Ok(())
    }
}
