//! A token's text in, its three parts out (RFC 7515, section 7.1).
//!
//! The size limit comes before any other work; base64url is strict, so that one token has one
//! spelling. Next: `base64url`, then `header`.

use super::base64url;
use crate::error::AuthError;

/// The most bytes a token may have. Real ones stay below what servers accept as a header, 8 KiB
/// to 16 KiB.
pub(crate) const MAX_TOKEN_BYTES: usize = 16 * 1024;

/// A token cut at its two dots.
pub(crate) struct Compact<'t> {
    token: &'t str,
    header: &'t str,
    payload: &'t str,
    signature: &'t str,
}

impl<'t> Compact<'t> {
    pub(crate) fn split(token: &'t str) -> Result<Self, AuthError> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(AuthError::TokenTooLarge { limit: MAX_TOKEN_BYTES });
        }
        let mut dots = memchr::memchr_iter(b'.', token.as_bytes());
        let (Some(first), Some(second), None) = (dots.next(), dots.next(), dots.next()) else {
            return Err(AuthError::TokenMalformed("it is not three parts separated by dots"));
        };
        let (header, payload, signature) =
            (&token[..first], &token[first + 1..second], &token[second + 1..]);
        if header.is_empty() || payload.is_empty() || signature.is_empty() {
            return Err(AuthError::TokenMalformed("one of its three parts is empty"));
        }
        Ok(Self { token, header, payload, signature })
    }

    /// What was signed: the first two parts with the dot between them.
    pub(crate) fn signing_input(&self) -> &'t [u8] {
        &self.token.as_bytes()[..self.header.len() + 1 + self.payload.len()]
    }

    pub(crate) fn header(&self) -> Result<Vec<u8>, AuthError> {
        decode(self.header, "its header is not base64url")
    }

    pub(crate) fn payload(&self) -> Result<Vec<u8>, AuthError> {
        decode(self.payload, "its payload is not base64url")
    }

    pub(crate) fn signature(&self) -> Result<Vec<u8>, AuthError> {
        decode(self.signature, "its signature is not base64url")
    }
}

fn decode(part: &str, problem: &'static str) -> Result<Vec<u8>, AuthError> {
    base64url::decode(part).ok_or(AuthError::TokenMalformed(problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(token: &str) -> AuthError {
        Compact::split(token).and_then(|compact| compact.header()).unwrap_err()
    }

    #[test]
    fn a_token_has_one_spelling() {
        assert!(Compact::split("QQ.e30.QQ").unwrap().header().is_ok());
        for other in ["QQ==.e30.QQ", "QR.e30.QQ", "Q+.e30.QQ", "Q Q.e30.QQ"] {
            assert_eq!(refusal(other), AuthError::TokenMalformed("its header is not base64url"));
        }
    }

    #[test]
    fn what_was_signed_is_the_first_two_parts() {
        assert_eq!(Compact::split("QQ.e30.QQ").unwrap().signing_input(), b"QQ.e30");
    }

    #[test]
    fn the_size_limit_comes_first() {
        let dots = ".".repeat(MAX_TOKEN_BYTES + 1);
        assert_eq!(refusal(&dots), AuthError::TokenTooLarge { limit: MAX_TOKEN_BYTES });
    }
}
