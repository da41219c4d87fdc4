//! Step 3: the token out of the `Authorization` header (RFC 6750, section 2.1).
//!
//! In: a [`Request`]. Out: a [`Token`], which hides itself in `Debug`. One header only, scheme in
//! any case, spaces, then the token and nothing else; no cookie, no query parameter, no other
//! header. Next: `provider`.

use std::fmt;

use http::header::AUTHORIZATION;

use crate::error::AuthError;
use crate::request::Request;

/// A bearer token as it was sent. It never prints.
#[derive(Clone, Copy)]
pub struct Token<'a>(&'a str);

impl<'a> Token<'a> {
    /// Wraps a token that came from elsewhere than the `Authorization` header.
    pub const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The token of the one `Authorization: Bearer` header.
    ///
    /// # Errors
    ///
    /// [`AuthError::TokenMissing`] without such a header or with another scheme,
    /// [`AuthError::AuthorizationMalformed`] when it is repeated or not of that form.
    pub fn from_request(request: &Request<'a>) -> Result<Self, AuthError> {
        let mut headers = request.headers().get_all(AUTHORIZATION).iter();
        let header = headers.next().ok_or(AuthError::TokenMissing)?;
        if headers.next().is_some() {
            return Err(AuthError::AuthorizationMalformed("the header is repeated"));
        }
        let text = header
            .to_str()
            .map_err(|_| AuthError::AuthorizationMalformed("the header is not visible ASCII"))?;
        let (scheme, rest) = text.split_once(' ').unwrap_or((text, ""));
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(AuthError::TokenMissing);
        }
        let token = rest.trim_start_matches(' ');
        if token.is_empty() || !token.bytes().all(is_b64token) {
            return Err(AuthError::AuthorizationMalformed("no single token follows the scheme"));
        }
        Ok(Self(token))
    }

    /// The token's text, for the one place that has to use it.
    pub const fn expose(&self) -> &'a str {
        self.0
    }
}

/// The characters of `b64token` in RFC 6750, section 2.1.
const fn is_b64token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'=')
}

impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
