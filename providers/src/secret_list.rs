//! Several shared secrets in one option: text in, [`SecretList`] out. Used by `jwt`.

use std::fmt;

use auth_core::HmacSecret;
use auth_core::config::{FromEnv, Kind, ValueError};

/// Shared secrets, newest first. It never prints.
///
/// A text is one secret, whose bytes are taken as they are; or, if it begins with the name of a form,
/// secrets separated by commas, each behind its form.
///
/// ```
/// use auth_providers::SecretList;
///
/// assert_eq!(SecretList::parse("0f1e2d3c4b5a69788796a5b4c3d2e1f0-example")?.into_iter().count(), 1);
/// let text = "hex:6b65657020746869732073656372657420746f20796f757273656c662121212e,
///     base64:a2VlcCB0aGlzIHNlY3JldCBmcm9tIGV2ZXJ5Ym9keSBlbHNlIQ==";
/// assert_eq!(SecretList::parse(text)?.into_iter().count(), 2);
/// assert!(SecretList::parse("hex:00ff").is_err());
/// # Ok::<_, auth_core::config::ValueError>(())
/// ```
#[derive(Clone)]
pub struct SecretList(Vec<HmacSecret>);

const FORMS: [&str; 4] = ["raw:", "hex:", "base64:", "base64url:"];

impl SecretList {
    /// Reads one secret, or several behind their forms; a raw one among several holds no comma.
    ///
    /// # Errors
    ///
    /// What was expected instead; never a secret.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        if !FORMS.iter().any(|form| text.starts_with(form)) {
            return Ok(Self(vec![HmacSecret::parse(text)?]));
        }
        text.split(',').map(|entry| read(entry.trim())).collect::<Result<_, _>>().map(Self)
    }

    /// The secrets, newest first.
    pub fn iter(&self) -> std::slice::Iter<'_, HmacSecret> {
        self.0.iter()
    }
}

fn read(entry: &str) -> Result<HmacSecret, ValueError> {
    match entry.split_once(':') {
        Some(("raw", text)) => HmacSecret::parse(text),
        Some(("hex", text)) => HmacSecret::from_hex(text),
        Some(("base64", text)) => HmacSecret::from_base64(text),
        Some(("base64url", text)) => HmacSecret::from_base64url(text),
        _ => Err(ValueError::new(
            "each of several secrets behind its form: `raw:`, `hex:`, `base64:` or `base64url:`",
        )),
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
    const KIND: Kind = Kind::HmacSecret;
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

impl TryFrom<String> for SecretList {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        Self::parse(&text)
    }
}

impl From<HmacSecret> for SecretList {
    fn from(secret: HmacSecret) -> Self {
        Self(vec![secret])
    }
}
