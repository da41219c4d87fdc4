//! A shared secret that was written down in base64 or hex: text in, [`HmacSecret`] out.
//!
//! The form is said, never guessed: a text can be right in several, and be a different secret in
//! each. Next: `secret`.

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, STANDARD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::{HmacSecret, ValueError};

impl HmacSecret {
    /// Decodes base64 with `+`, `/` and padding (RFC 4648, section 4), as `openssl rand -base64 48`
    /// writes it.
    ///
    /// # Errors
    ///
    /// What was expected instead; never the secret.
    ///
    /// ```
    /// use auth_core::HmacSecret;
    ///
    /// let text = "a2VlcCB0aGlzIHNlY3JldCBmcm9tIGV2ZXJ5Ym9keSBlbHNlIQ==";
    /// assert!(HmacSecret::from_base64(text).is_ok());
    /// assert!(HmacSecret::from_base64(text.trim_end_matches('=')).is_err());
    /// ```
    pub fn from_base64(text: &str) -> Result<Self, ValueError> {
        let decoded = from_base64(&STANDARD, text).ok_or_else(|| {
            ValueError::new("base64 with `+`, `/` and padding (RFC 4648, section 4), on one line")
        })?;
        Self::from_bytes(&decoded)
    }

    /// Decodes base64 with `-`, `_` and no padding (RFC 4648, section 5; RFC 7515, section 2), as
    /// it stands in the `k` of a JSON Web Key.
    ///
    /// # Errors
    ///
    /// What was expected instead; never the secret.
    ///
    /// ```
    /// use auth_core::HmacSecret;
    ///
    /// let text = "a2VlcCB0aGlzIHNlY3JldCBmcm9tIGV2ZXJ5Ym9keSBlbHNlIQ";
    /// assert!(HmacSecret::from_base64url(text).is_ok());
    /// assert!(HmacSecret::from_base64url(&format!("{text}==")).is_err());
    /// ```
    pub fn from_base64url(text: &str) -> Result<Self, ValueError> {
        let decoded = from_base64(&URL_SAFE_NO_PAD, text).ok_or_else(|| {
            ValueError::new("base64url with `-`, `_` and no padding (RFC 7515, section 2)")
        })?;
        Self::from_bytes(&decoded)
    }

    /// Decodes pairs of hexadecimal digits in either case, as `openssl rand -hex 48` writes them.
    ///
    /// # Errors
    ///
    /// What was expected instead; never the secret.
    ///
    /// ```
    /// use auth_core::HmacSecret;
    ///
    /// let text = "6b65657020746869732073656372657420746f20796f757273656c662121212e";
    /// assert!(HmacSecret::from_hex(text).is_ok());
    /// assert!(HmacSecret::from_hex(&text[1..]).is_err());
    /// ```
    pub fn from_hex(text: &str) -> Result<Self, ValueError> {
        let decoded = from_hex(text.as_bytes()).ok_or_else(|| {
            ValueError::new("hexadecimal digits, an even number of them, and nothing else")
        })?;
        Self::from_bytes(&decoded)
    }
}

/// Decodes into memory that is wiped, also when the text turns out to be wrong.
fn from_base64(form: &GeneralPurpose, text: &str) -> Option<Zeroizing<Vec<u8>>> {
    // The decoder asks for whole groups of three bytes.
    let mut bytes = Zeroizing::new(vec![0; text.len() + 3]);
    let length = form.decode_slice(text, &mut bytes).ok()?;
    bytes.truncate(length);
    Some(bytes)
}

fn from_hex(digits: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (pairs, rest) = digits.as_chunks::<2>();
    // As large as it gets: growing would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(pairs.len()));
    for [high, low] in pairs {
        bytes.push(digit(*high)? << 4 | digit(*low)?);
    }
    rest.is_empty().then_some(bytes)
}

fn digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
