//! The header's JSON in, what we use of it out (RFC 7515, section 4).
//!
//! The header is the attacker's until the signature is checked: it may choose among what the
//! configuration allows, and name a key by id, nothing else. Keys and addresses of keys in it
//! (`jwk`, `jku`, `x5c`, `x5u`) are not even read. Next: `rules::admit`.

use std::borrow::Cow;
use std::fmt;

use super::algorithm::Algorithm;
use super::text::Text;
use crate::error::AuthError;
use serde::Deserializer as _;
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};

/// The most members a header may have.
const MAX_MEMBERS: usize = 32;

/// The most bytes a key id may have; real ones have fewer than a hundred.
const MAX_KEY_ID_BYTES: usize = 256;

/// What the name of a type may begin with.
const MEDIA: &str = "application/";

/// What the token says of itself.
#[derive(Debug, Default)]
pub(crate) struct Header<'h> {
    algorithm: Option<Cow<'h, str>>,
    token_type: Option<Cow<'h, str>>,
    key_id: Option<Cow<'h, str>>,
    has_critical: bool,
    is_transformed: bool,
}

/// A value of the `typ` header (RFC 8725, section 3.11), compared without regard to case and with
/// or without `application/`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenType {
    /// `JWT` (RFC 7519, section 5.1).
    Jwt,
    /// `at+jwt`, an access token (RFC 9068, section 2.1).
    AccessToken,
    /// No `typ` at all.
    Absent,
    /// Any other, in lower case and without `application/`, such as `logout+jwt`.
    Other(String),
}

impl<'h> Header<'h> {
    pub(super) fn parse(json: &'h [u8]) -> Result<Self, AuthError> {
        let text = std::str::from_utf8(json).map_err(|_| malformed("it is not UTF-8"))?;
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let header = deserializer
            .deserialize_map(Members)
            .and_then(|header| deserializer.end().map(|()| header))
            .map_err(|_| malformed("it is not one JSON object with each member once"))?;
        if header.key_id().is_none_or(is_key_id) {
            Ok(header)
        } else {
            Err(AuthError::KeyIdMalformed)
        }
    }

    /// The algorithm, if it is one that exists; `none` does not.
    pub(super) fn algorithm(&self) -> Option<Algorithm> {
        self.algorithm.as_deref().and_then(Algorithm::from_name)
    }

    pub(super) fn token_type(&self) -> TokenType {
        let Some(name) = self.token_type.as_deref() else { return TokenType::Absent };
        let is_prefixed = name.get(..MEDIA.len()).is_some_and(|it| it.eq_ignore_ascii_case(MEDIA));
        let name = if is_prefixed { &name[MEDIA.len()..] } else { name };
        if name.eq_ignore_ascii_case("jwt") {
            TokenType::Jwt
        } else if name.eq_ignore_ascii_case("at+jwt") {
            TokenType::AccessToken
        } else {
            TokenType::Other(name.to_ascii_lowercase())
        }
    }

    pub(crate) fn key_id(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    pub(super) const fn has_critical(&self) -> bool {
        self.has_critical
    }

    /// Whether the payload is said to be something else than plain base64url (RFC 7797, RFC 7516).
    pub(super) const fn is_transformed(&self) -> bool {
        self.is_transformed
    }
}

const fn malformed(problem: &'static str) -> AuthError {
    AuthError::HeaderMalformed(problem)
}

/// Whether a token could name a key so.
pub(super) fn is_key_id(text: &str) -> bool {
    (1..=MAX_KEY_ID_BYTES).contains(&text.len()) && !text.chars().any(char::is_control)
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Header<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Header<'de>, M::Error> {
        let mut header = Header::default();
        let mut seen: Vec<Cow<'de, str>> = Vec::with_capacity(8);
        while let Some(Text(name)) = members.next_key()? {
            if seen.contains(&name) || seen.len() == MAX_MEMBERS {
                return Err(M::Error::custom("repeated or too many members"));
            }
            match &*name {
                "alg" => header.algorithm = Some(members.next_value::<Text<'de>>()?.0),
                "typ" => header.token_type = Some(members.next_value::<Text<'de>>()?.0),
                "kid" => header.key_id = Some(members.next_value::<Text<'de>>()?.0),
                other => {
                    members.next_value::<IgnoredAny>()?;
                    header.has_critical |= other == "crit";
                    header.is_transformed |= matches!(other, "b64" | "zip" | "enc");
                }
            }
            seen.push(name);
        }
        Ok(header)
    }
}
