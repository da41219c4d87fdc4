//! A token without its text: what answers about tokens are kept under.

use std::fmt;
use std::hash::{Hash, Hasher};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};

/// The SHA-256 of a token: finds what is known of it, and is no credential.
///
/// Two are compared in a time that says nothing about where they differ.
///
/// ```
/// use auth_core::token::{Token, TokenDigest};
///
/// let digest = TokenDigest::of(&Token::new("opaque"));
/// assert_eq!(digest, TokenDigest::of_text("opaque"));
/// assert_eq!(format!("{digest:?}"), "TokenDigest");
/// ```
#[derive(Clone, Copy, Eq)]
pub struct TokenDigest([u8; 32]);

impl TokenDigest {
    /// The digest of a token as it was sent.
    pub fn of(token: &super::Token<'_>) -> Self {
        Self::of_text(token.expose())
    }

    /// The digest of a token's text.
    pub fn of_text(text: &str) -> Self {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
        Self(bytes)
    }
}

impl PartialEq for TokenDigest {
    fn eq(&self, other: &Self) -> bool {
        verify_slices_are_equal(&self.0, &other.0).is_ok()
    }
}

impl Hash for TokenDigest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// Nothing: a short token could be guessed from its digest.
impl fmt::Debug for TokenDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenDigest")
    }
}
