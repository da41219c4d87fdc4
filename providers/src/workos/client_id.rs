//! A client id, parsed once: it becomes part of addresses and of issuers. Next: `sessions`.

use std::fmt;

use auth_core::config::{FromEnv, Kind, ValueError};

/// The client id of a WorkOS environment, such as `client_01HXYZ`.
///
/// ```
/// use auth_providers::ClientId;
///
/// assert_eq!(ClientId::parse("client_01HXYZ").unwrap().as_str(), "client_01HXYZ");
/// assert!(ClientId::parse("client_1/../client_2").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClientId(String);

impl ClientId {
    /// Reads a client id: letters, digits, `_` and `-`, as nothing else stands in an address as it
    /// is.
    ///
    /// # Errors
    ///
    /// What was expected instead.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if !text.is_empty() && text.bytes().all(is_plain) {
            return Ok(Self(text.to_owned()));
        }
        Err(ValueError::new("a client id such as client_01HXYZ").found(text))
    }

    /// The client id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromEnv for ClientId {
    const KIND: Kind = Kind::Text;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for ClientId {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ClientId {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        Self::parse(&text)
    }
}
