//! Where a token is, for vendors that do not use the `Authorization` header.
//!
//! In: a [`Request`] and the places that the provider names. Out: the one token that is there. A
//! place that nobody named is not looked at, and two places that say different things say nothing.
//! A token is spelled as in the `Authorization` header, wherever it is.
//! Next: `provider`.

use std::borrow::Cow;

use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};

use super::bearer::{Scheme, Token, is_token};
use crate::error::AuthError;
use crate::request::Request;

/// A place where a token may be.
///
/// A cookie is sent by a browser whoever's page asks for it: a server that takes tokens from one
/// has to defend its writing routes against requests from other sites (`SameSite`, a check of
/// `Origin`), which a token in a header does not need.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenSource {
    /// `Authorization: Bearer` (RFC 6750, section 2.1).
    Authorization,
    /// A header of the vendor's own whose whole value is the token. Whatever stands before the
    /// server has to remove what a client wrote there.
    Header(HeaderName),
    /// A cookie (RFC 6265, section 4.2.1), whose whole value is the token: without quotes, and not
    /// encoded again.
    Cookie(Cow<'static, str>),
}

impl TokenSource {
    /// A header of the vendor's own, by its name in lower case.
    ///
    /// # Panics
    ///
    /// When that is no name of a header, in a constant while compiling.
    pub const fn header(name: &'static str) -> Self {
        Self::Header(HeaderName::from_static(name))
    }

    /// A cookie by its name.
    pub const fn cookie(name: &'static str) -> Self {
        Self::Cookie(Cow::Borrowed(name))
    }

    fn find<'r>(
        &self,
        request: &Request<'r>,
        schemes: &[Scheme],
    ) -> Result<Option<Token<'r>>, AuthError> {
        let found = match self {
            Self::Authorization => match Token::from_request_under(request, schemes) {
                Err(AuthError::TokenMissing) => return Ok(None),
                found => return found.map(Some),
            },
            Self::Header(name) => one(header_values(request, name))?,
            Self::Cookie(name) => one(cookie_values(request, name))?,
        };
        let Some(value) = found else { return Ok(None) };
        match std::str::from_utf8(value) {
            Ok(text) if is_token(text) => Ok(Some(Token::new(text))),
            _ => Err(malformed("it is empty, or no single token")),
        }
    }

    /// What is wrong with a place where no token can be.
    pub(crate) fn problem(&self) -> Option<String> {
        match self {
            Self::Header(name) if *name == AUTHORIZATION => Some(
                "tokens are expected alone in the header `authorization`: name \
                 `TokenSource::Authorization` instead"
                    .to_owned(),
            ),
            Self::Header(name) if *name == COOKIE => Some(
                "tokens are expected alone in the header `cookie`: name `TokenSource::cookie(..)` \
                 instead"
                    .to_owned(),
            ),
            Self::Cookie(name) if !is_cookie_name(name) => {
                Some("the cookie of the token has a name that no cookie can have".to_owned())
            }
            _ => None,
        }
    }
}

/// The one token of these places.
///
/// # Errors
///
/// [`AuthError::TokenMissing`] when no place holds one, [`AuthError::CredentialMalformed`] when a
/// place holds several, or two places do not hold the same.
pub(crate) fn from_sources<'r>(
    request: &Request<'r>,
    sources: &[TokenSource],
    schemes: &[Scheme],
) -> Result<Token<'r>, AuthError> {
    let mut token: Option<Token<'r>> = None;
    for source in sources {
        match (source.find(request, schemes)?, &token) {
            (Some(found), Some(known)) if found.expose() != known.expose() => {
                return Err(malformed("two places of the request hold different ones"));
            }
            (Some(found), None) => token = Some(found),
            _ => {}
        }
    }
    token.ok_or(AuthError::TokenMissing)
}

fn header_values<'r>(request: &Request<'r>, name: &HeaderName) -> impl Iterator<Item = &'r [u8]> {
    request.headers().get_all(name).iter().map(HeaderValue::as_bytes)
}

/// Bytes, not text: what other cookies hold is no concern of ours. Cookies come in one header, or in
/// several (RFC 9113, section 8.2.3).
fn cookie_values<'r>(request: &Request<'r>, name: &str) -> impl Iterator<Item = &'r [u8]> {
    let headers = request.headers().get_all(COOKIE).iter().map(HeaderValue::as_bytes);
    let pairs = headers.flat_map(|bytes| bytes.split(|byte| *byte == b';'));
    pairs.filter_map(move |pair| {
        let at = pair.iter().position(|byte| *byte == b'=')?;
        let (known, value) = (&pair[..at], &pair[at + 1..]);
        (known.trim_ascii() == name.as_bytes()).then(|| value.trim_ascii())
    })
}

fn one<'r>(mut values: impl Iterator<Item = &'r [u8]>) -> Result<Option<&'r [u8]>, AuthError> {
    let first = values.next();
    match values.next() {
        None => Ok(first),
        Some(_) => Err(malformed("it is there more than once")),
    }
}

/// A `token` of RFC 9110, section 5.6.2.
fn is_cookie_name(name: &str) -> bool {
    let is_mark = |byte| b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_mark(byte))
}

const fn malformed(problem: &'static str) -> AuthError {
    AuthError::CredentialMalformed(problem)
}
