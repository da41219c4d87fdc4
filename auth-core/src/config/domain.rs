//! A host name, parsed once: text in, [`Domain`] out. Next: `secret`.

use std::fmt;

use super::{FromEnv, Kind, ValueError};

/// A DNS host name such as `acme.eu.auth0.com`, in lower case.
///
/// No scheme, port, path or user information: whatever is built from it with [`Domain::url`] goes
/// to that host and to no other.
///
/// ```
/// use auth_core::config::Domain;
///
/// let domain = Domain::parse("Acme.eu.auth0.com").unwrap();
/// assert_eq!(domain.url("/"), "https://acme.eu.auth0.com/");
/// assert!(Domain::parse("https://acme.eu.auth0.com").is_err());
/// assert!(Domain::parse("acme@evil.example").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Domain(String);

const EXPECTED: &str = "a bare host name such as acme.example.com, without scheme, port or path";

impl Domain {
    /// Reads a host name: letters, digits and hyphens in labels separated by dots (RFC 1123).
    ///
    /// # Errors
    ///
    /// What was expected instead.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if text.len() <= 253 && text.split('.').all(is_label) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(ValueError::new(EXPECTED).found(text))
        }
    }

    /// The host name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `https://`, this host, a slash, and `path`, whose own first slash may be left out.
    pub fn url(&self, path: &str) -> String {
        format!("https://{}/{}", self.0, path.strip_prefix('/').unwrap_or(path))
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromEnv for Domain {
    const KIND: Kind = Kind::Domain;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Domain {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Domain {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        Self::parse(&text)
    }
}
