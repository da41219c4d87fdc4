//! A public key as PEM text in, one key an algorithm out. Read once, when a server starts.

use super::algorithm::Algorithm;
use super::signature::VerifyingKey;
use crate::jwks::{has_small_order, is_strong_rsa};

/// The algorithms that a key may be probed for when nobody names one: the plain one of each kind.
const PROBED: [Algorithm; 5] =
    [Algorithm::ES256, Algorithm::ES384, Algorithm::ES512, Algorithm::EdDSA, Algorithm::RS256];

/// The key for each algorithm it fits, among those asked for, or else the plain one of its kind.
pub(super) fn parse(
    text: &str,
    algorithms: Option<&[Algorithm]>,
) -> Result<Vec<VerifyingKey>, String> {
    let blocks = pem::parse_many(text.trim()).unwrap_or_default();
    let [block] = blocks.as_slice() else {
        return Err(
            "the public key is not PEM: expected one `-----BEGIN PUBLIC KEY-----`".to_owned()
        );
    };
    if block.tag() != "PUBLIC KEY" {
        return Err(format!(
            "the PEM holds a `{}`: expected a `PUBLIC KEY`, as `openssl pkey -pubout` writes it",
            block.tag()
        ));
    }
    if is_weak_rsa(block.contents()) {
        return Err("the RSA key has to have 2048 to 8192 bits".to_owned());
    }
    if ends_in_small_order_point(block.contents()) {
        return Err("the Ed25519 key is a point of small order: anybody can sign for it".to_owned());
    }
    let candidates = algorithms.unwrap_or(&PROBED);
    let keys: Vec<_> = candidates
        .iter()
        .filter_map(|algorithm| VerifyingKey::public(*algorithm, block.contents()))
        .collect();
    match (keys.is_empty(), algorithms) {
        (false, None) => Ok(keys.into_iter().take(1).collect()),
        (false, Some(asked)) if keys.len() == asked.len() => Ok(keys),
        (_, Some(asked)) => Err(format!("the public key does not fit all of {asked:?}")),
        (true, None) => Err("the public key is of no kind that is supported: use RSA, P-256, \
                             P-384, P-521 or Ed25519"
            .to_owned()),
    }
}

/// An Ed25519 `SubjectPublicKeyInfo` has 44 bytes, of which the last 32 are the point (RFC 8410).
fn ends_in_small_order_point(spki: &[u8]) -> bool {
    spki.len() == 44 && has_small_order(&spki[12..])
}

/// An RSA key whose size is out of range: read for encryption, unlike for verification, such keys
/// are refused.
fn is_weak_rsa(spki: &[u8]) -> bool {
    let is_rsa = VerifyingKey::public(Algorithm::RS256, spki).is_some();
    is_rsa
        && !aws_lc_rs::rsa::PublicEncryptingKey::from_der(spki)
            .is_ok_and(|key| is_strong_rsa(key.key_size_bits()))
}
