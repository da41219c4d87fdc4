//! Where a token is, for vendors that do not use the `Authorization` header.
//!
//! In: a [`Request`] and the places that the provider names. Out: the one token that is there. A
//! place that nobody named is not looked at, and two places that say different things say nothing.
//! Next: `provider`.

use std::borrow::Cow;

use http::HeaderName;
use http::header::COOKIE;

use super::bearer::{Scheme, Token};
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
    /// A cookie (RFC 6265, section 4.2.1).
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
        match found {
            None => Ok(None),
            Some(text) if is_visible(text) => Ok(Some(Token::new(text))),
            Some(_) => Err(malformed("it is empty, or not one word of visible ASCII")),
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

fn header_values<'r>(
    request: &Request<'r>,
    name: &HeaderName,
) -> impl Iterator<Item = Option<&'r str>> {
    request.headers().get_all(name).iter().map(|value| value.to_str().ok())
}

/// A cookie header that is no text is no cookie of ours.
fn cookie_values<'r>(request: &Request<'r>, name: &str) -> impl Iterator<Item = Option<&'r str>> {
    let headers = request.headers().get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = headers.flat_map(|text| text.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.filter(move |(known, _)| known.trim() == name).map(|(_, value)| Some(value.trim()))
}

fn one<'r>(
    mut values: impl Iterator<Item = Option<&'r str>>,
) -> Result<Option<&'r str>, AuthError> {
    let Some(first) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(malformed("it is there more than once"));
    }
    first.map(Some).ok_or(malformed("it is not visible ASCII"))
}

fn is_visible(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

const fn malformed(problem: &'static str) -> AuthError {
    AuthError::CredentialMalformed(problem)
}
