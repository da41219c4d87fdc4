//! Values that never print: text in, [`Secret`] or [`HmacSecret`] out. Next: `resolve`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::{Zeroize, Zeroizing};

use super::{FromEnv, Kind, ValueError};

/// A value that is redacted wherever it is printed and wiped when it is dropped.
///
/// ```
/// use auth_core::config::Secret;
///
/// let key: Secret<String> = "sk_live_1234".into();
/// assert_eq!(format!("{key:?}"), "[redacted]");
/// assert_eq!(key.expose(), "sk_live_1234");
/// ```
#[derive(Clone)]
pub struct Secret<T: Zeroize>(Zeroizing<T>);

impl<T: Zeroize> Secret<T> {
    /// Hides a value.
    pub fn new(value: T) -> Self {
        Self(Zeroizing::new(value))
    }

    /// The value, for the one place that has to use it.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T: Zeroize + FromEnv> FromEnv for Secret<T> {
    const KIND: Kind = T::KIND;
    const SECRET: bool = true;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        T::from_env(text).map(Self::new).map_err(ValueError::without_value)
    }
}

impl From<&str> for Secret<String> {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

impl From<String> for Secret<String> {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// A shared secret for HMAC signatures: at least 32 bytes, the size of the smallest hash in use
/// (RFC 7518, section 3.2).
///
/// Longer hashes ask for longer secrets; the [`Verifier`](crate::Verifier) checks that. A public
/// key is refused here, whatever its length: everybody knows it.
///
/// ```
/// use auth_core::config::HmacSecret;
///
/// assert!(HmacSecret::parse("change me").is_err());
/// assert!(HmacSecret::parse("0f1e2d3c4b5a69788796a5b4c3d2e1f0-example").is_ok());
/// ```
#[derive(Clone)]
pub struct HmacSecret(Zeroizing<Vec<u8>>);

impl HmacSecret {
    /// The fewest bytes a secret may have.
    pub const MIN_BYTES: usize = 32;

    /// Takes the text's bytes as they are (UTF-8, not base64, not hex).
    ///
    /// # Errors
    ///
    /// What was expected instead; never the secret.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        if text.trim() != text {
            return Err(ValueError::new(
                "a secret without white space around it: is a line break from a file left?",
            ));
        }
        Self::from_bytes(text.as_bytes())
    }

    /// Takes raw bytes, such as those of a file. For base64 and hex see
    /// [`from_base64`](Self::from_base64), [`from_base64url`](Self::from_base64url) and
    /// [`from_hex`](Self::from_hex).
    ///
    /// # Errors
    ///
    /// What was expected instead; never the secret.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ValueError> {
        if bytes.len() < Self::MIN_BYTES {
            return Err(ValueError::new(format!(
                "at least {} bytes of secret, found {}: make one with `openssl rand -base64 48`",
                Self::MIN_BYTES,
                bytes.len()
            )));
        }
        if is_public_key(bytes) {
            return Err(ValueError::new(
                "a shared secret, found a public key or certificate: verify that with an \
                 asymmetric algorithm instead",
            ));
        }
        if bytes.iter().all(|byte| *byte == bytes[0]) {
            return Err(ValueError::new("random bytes, found one byte repeated"));
        }
        Ok(Self(Zeroizing::new(bytes.to_vec())))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Whether the bytes are a well-known form of a key that is no secret.
fn is_public_key(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let is_jwk = || {
        serde_json::from_str::<serde_json::Value>(text)
            .is_ok_and(|json| json.get("kty").is_some() || json.get("keys").is_some())
    };
    let is_base64_der = || {
        let unbroken: String = text.split_ascii_whitespace().collect();
        STANDARD.decode(unbroken).is_ok_and(|der| is_der_key(&der))
    };
    text.contains("-----BEGIN")
        || ["ssh-", "ecdsa-sha2-"].iter().any(|name| text.starts_with(name))
        || is_jwk()
        || is_der_key(bytes)
        || is_base64_der()
}

/// Whether the bytes are one DER sequence from end to end, as keys and certificates are, and
/// random bytes next to never.
fn is_der_key(bytes: &[u8]) -> bool {
    let content = match bytes {
        [0x30, 0x81, size, ..] => 3 + usize::from(*size),
        [0x30, 0x82, high, low, ..] => 4 + usize::from(*high) * 256 + usize::from(*low),
        [0x30, size, ..] if *size < 0x80 => 2 + usize::from(*size),
        _ => return false,
    };
    content == bytes.len()
}

impl fmt::Debug for HmacSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl FromEnv for HmacSecret {
    const KIND: Kind = Kind::HmacSecret;
    const SECRET: bool = true;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for HmacSecret {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for HmacSecret {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        Self::parse(&Zeroizing::new(text))
    }
}
