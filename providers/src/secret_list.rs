//! Several shared secrets in one option: text in, [`SecretList`] out. Used by `jwt`.

use std::fmt;

use auth_core::HmacSecret;
use auth_core::config::{FromEnv, Kind, ValueError};

/// Shared secrets, newest first. As a text they are separated by commas, each behind the name of
/// the form that it is written in. It never prints.
///
/// ```
/// use auth_providers::SecretList;
///
/// let text = "hex:6b65657020746869732073656372657420746f20796f757273656c662121212e,
///     base64:a2VlcCB0aGlzIHNlY3JldCBmcm9tIGV2ZXJ5Ym9keSBlbHNlIQ==";
/// assert_eq!(SecretList::parse(text)?.into_iter().count(), 2);
/// assert!(SecretList::parse("0f1e2d3c4b5a69788796a5b4c3d2e1f0-example").is_err());
/// # Ok::<_, auth_core::config::ValueError>(())
/// ```
#[derive(Clone)]
pub struct SecretList(Vec<HmacSecret>);

const EXPECTED: &str = "secrets separated by commas, each behind its form: `raw:`, `hex:`, \
                        `base64:` or `base64url:`";

impl SecretList {
    /// Reads secrets, each behind its form. A raw one cannot hold a comma.
    ///
    /// # Errors
    ///
    /// What was expected instead; never a secret.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let read = |entry: &str| match entry.trim().split_once(':') {
            Some(("raw", text)) => HmacSecret::parse(text),
            Some(("hex", text)) => HmacSecret::from_hex(text),
            Some(("base64", text)) => HmacSecret::from_base64(text),
            Some(("base64url", text)) => HmacSecret::from_base64url(text),
            _ => Err(ValueError::new(EXPECTED)),
        };
        text.split(',').map(read).collect::<Result<_, _>>().map(Self)
    }
}

impl<'l> IntoIterator for &'l SecretList {
    type Item = &'l HmacSecret;
    type IntoIter = std::slice::Iter<'l, HmacSecret>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl IntoIterator for SecretList {
    type Item = HmacSecret;
    type IntoIter = std::vec::IntoIter<HmacSecret>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Debug for SecretList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl FromEnv for SecretList {
    const KIND: Kind = Kind::Text;
    const SECRET: bool = true;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl From<Vec<HmacSecret>> for SecretList {
    fn from(secrets: Vec<HmacSecret>) -> Self {
        Self(secrets)
    }
}

impl<const N: usize> From<[HmacSecret; N]> for SecretList {
    fn from(secrets: [HmacSecret; N]) -> Self {
        Self(secrets.into())
    }
}

impl TryFrom<&str> for SecretList {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}
