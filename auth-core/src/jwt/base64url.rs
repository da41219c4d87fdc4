//! Base64url in, bytes out: canonical or refused (RFC 7515, section 2; RFC 4648, section 3.5).
//!
//! No padding, no other alphabet, no stray bits at the end: what is decoded has one spelling. Wide
//! registers are used where the processor has them. Used by `compact`.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::NO_PAD;

/// Chooses for the processor when it is made.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
static DECODER: LazyLock<base64::engine::Simd> =
    LazyLock::new(|| base64::engine::Simd::url_safe(NO_PAD));

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
static DECODER: LazyLock<base64::engine::GeneralPurpose> =
    LazyLock::new(|| base64::engine::GeneralPurpose::new(&base64::alphabet::URL_SAFE, NO_PAD));

/// The bytes that the text stands for; `None` when it is not their one spelling.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(base64::decoded_len_estimate(text.len()));
    DECODER.decode_vec(text, &mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    #[test]
    fn every_length_and_every_wrong_byte_is_told_as_by_the_plain_decoder() {
        let bytes: Vec<u8> = (0..=255).cycle().take(300).map(|byte: u8| byte ^ 0x5a).collect();
        for length in 0..bytes.len() {
            let text = URL_SAFE_NO_PAD.encode(&bytes[..length]);
            assert_eq!(decode(&text).as_deref(), Some(&bytes[..length]));
            assert_eq!(decode(&format!("{text}=")), None);
        }
        for length in [96, 97, 98] {
            let text = URL_SAFE_NO_PAD.encode(&bytes[..length]);
            for place in 0..text.len() {
                for other in 0..128_u8 {
                    let mut text = text.clone().into_bytes();
                    text[place] = other;
                    let text = String::from_utf8(text).unwrap();
                    assert_eq!(decode(&text), URL_SAFE_NO_PAD.decode(&text).ok(), "{text}");
                }
            }
        }
    }
}
