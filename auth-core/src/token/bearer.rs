//! Step 3: the token out of the `Authorization` header (RFC 6750, section 2.1; RFC 9449, section
//! 7.1).
//!
//! In: a [`Request`]. Out: a [`Token`], which knows its scheme and hides itself in `Debug`. One
//! header only, scheme in any case, spaces, then the token and nothing else; no cookie, no query
//! parameter, no other header. Next: `provider`.

use std::fmt;

use http::header::AUTHORIZATION;

use crate::error::AuthError;
use crate::request::Request;

/// A token as it was sent. It never prints.
#[derive(Clone, Copy)]
pub struct Token<'a> {
    text: &'a str,
    scheme: Scheme,
}

/// How a token was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// `Bearer`: whoever has the token may use it (RFC 6750).
    Bearer,
    /// `DPoP`: the token comes with a proof that its holder sends it (RFC 9449).
    Dpop,
}

impl Scheme {
    /// Its name, to be compared without regard to case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bearer => "Bearer",
            Self::Dpop => "DPoP",
        }
    }
}

impl<'a> Token<'a> {
    /// Wraps a bearer token that came from elsewhere than the `Authorization` header.
    pub const fn new(text: &'a str) -> Self {
        Self { text, scheme: Scheme::Bearer }
    }

    /// The token of the one `Authorization: Bearer` header.
    ///
    /// # Errors
    ///
    /// [`AuthError::TokenMissing`] without such a header or with another scheme,
    /// [`AuthError::AuthorizationMalformed`] when it is repeated or not of that form.
    pub fn from_request(request: &Request<'a>) -> Result<Self, AuthError> {
        Self::from_request_under(request, &[Scheme::Bearer])
    }

    /// The token of the one `Authorization` header, under one of these schemes.
    ///
    /// # Errors
    ///
    /// As [`Token::from_request`].
    ///
    /// ```
    /// use auth_core::token::{Scheme, Token};
    ///
    /// let request = http::Request::get("/").header("authorization", "DPoP abc").body(()).unwrap();
    /// let request = auth_core::Request::from(&request);
    /// let token = Token::from_request_under(&request, &[Scheme::Dpop, Scheme::Bearer]).unwrap();
    /// assert_eq!((token.expose(), token.scheme()), ("abc", Scheme::Dpop));
    /// assert_eq!(Token::from_request(&request).unwrap_err().code(), "token_missing");
    /// ```
    pub fn from_request_under(
        request: &Request<'a>,
        schemes: &[Scheme],
    ) -> Result<Self, AuthError> {
        let mut headers = request.headers().get_all(AUTHORIZATION).iter();
        let header = headers.next().ok_or(AuthError::TokenMissing)?;
        if headers.next().is_some() {
            return Err(AuthError::AuthorizationMalformed("the header is repeated"));
        }
        let text = header
            .to_str()
            .map_err(|_| AuthError::AuthorizationMalformed("the header is not visible ASCII"))?;
        let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
        let mut schemes = schemes.iter().copied();
        let scheme = schemes.find(|scheme| name.eq_ignore_ascii_case(scheme.name()));
        let scheme = scheme.ok_or(AuthError::TokenMissing)?;
        let text = rest.trim_start_matches(' ');
        if !is_token(text) {
            return Err(AuthError::AuthorizationMalformed("no single token follows the scheme"));
        }
        Ok(Self { text, scheme })
    }

    /// The token's text, for the one place that has to use it.
    pub const fn expose(&self) -> &'a str {
        self.text
    }

    /// How it was sent.
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }
}

/// Whether it is one token, by the characters that it may have.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_b64token)
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
