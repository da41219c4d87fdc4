//! What a token says of itself before anybody has checked it: a token in, its header and its issuer
//! out.
//!
//! For choosing *who* checks it (a composite provider), or for refusing a kind of token before a
//! key is fetched. It says nothing about who is calling. Next: `verifier`.

use std::fmt;

use serde_json::{Map, Value};

use super::compact::Compact;
use super::header::Header;
use super::strict_json;
use crate::error::AuthError;
use crate::token::Token;

/// The claims and the header of a token that nobody has verified: the caller may have written them.
///
/// ```
/// use auth_core::Token;
/// use auth_core::jwt::Unverified;
///
/// let token = Token::new("eyJhbGciOiJIUzI1NiIsImNhdCI6ImNsIn0.eyJpc3MiOiJodHRwczovL2EifQ.c2ln");
/// let unverified = Unverified::read(&token).unwrap();
/// assert_eq!(unverified.header("cat"), Some("cl"));
/// assert_eq!(unverified.issuer(), Some("https://a"));
/// assert!(Unverified::read(&Token::new("opaque")).is_err());
/// ```
#[derive(Clone)]
pub struct Unverified {
    header: Map<String, Value>,
    claims: Map<String, Value>,
}

impl Unverified {
    /// Reads a token at least as strictly as a verifier does: what a verifier refuses as no JWT is
    /// refused here for the same reason.
    ///
    /// # Errors
    ///
    /// When it is no JWT: too large, not three parts, no canonical base64url, no JSON objects, a key
    /// id that names no key.
    pub fn read(token: &Token<'_>) -> Result<Self, AuthError> {
        let compact = Compact::split(token.expose())?;
        let header = compact.header()?;
        Header::parse(&header)?;
        let (payload, _) = (compact.payload()?, compact.signature()?);
        Ok(Self {
            header: strict_json::object(&header).ok_or(AuthError::HeaderMalformed(
                "it is not one JSON object with each member once",
            ))?,
            claims: strict_json::object(&payload).ok_or(AuthError::ClaimsMalformed(
                "they are not one JSON object with each member once",
            ))?,
        })
    }

    /// A header member that is a text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }

    /// Who is said to have issued it.
    pub fn issuer(&self) -> Option<&str> {
        self.claim("iss")
    }

    /// What a claim is said to be, if it is a text.
    pub fn claim(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }
}

/// Nothing: it is the caller's text, and may be about a person.
impl fmt::Debug for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unverified")
    }
}
