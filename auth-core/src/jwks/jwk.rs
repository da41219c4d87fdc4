//! One JSON Web Key in, one [`VerifyingKey`] for each algorithm it fits out (RFC 7517, RFC 7518
//! section 6, RFC 8037).
//!
//! What the key says of itself (`use`, `key_ops`, `alg`) narrows what it may do; nothing widens
//! it. A secret or a private key that somebody published is no key. Next: `jwt::signature`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use crate::jwt::{Algorithm, VerifyingKey};

/// The keys of one JWK: one for each algorithm that it fits; none when it is of no use here.
pub(super) fn verifying_keys(jwk: &Value, algorithms: &[Algorithm]) -> Vec<VerifyingKey> {
    let Some(jwk) = jwk.as_object().filter(|jwk| is_for_verifying(jwk)) else {
        return Vec::new();
    };
    let is_allowed = |algorithm: &&Algorithm| match jwk.get("alg") {
        None => true,
        Some(name) => name.as_str() == Some(algorithm.name()),
    };
    let candidates = algorithms.iter().filter(is_allowed).copied();
    match text(jwk, "kty") {
        Some("RSA") => rsa(jwk, candidates),
        Some("EC") => elliptic_curve(jwk, candidates),
        Some("OKP") => edwards(jwk, candidates),
        _ => Vec::new(),
    }
}

/// Whether the key can be named: its id, if it has one, is a text.
pub(super) fn has_usable_id(jwk: &Value) -> bool {
    jwk.get("kid").is_none_or(Value::is_string)
}

/// 2048 bits are the least that is safe, 8192 the most that is affordable.
pub(crate) fn is_strong_rsa(bits: usize) -> bool {
    (2048..=8192).contains(&bits)
}

fn is_for_verifying(jwk: &Map<String, Value>) -> bool {
    let is_signature_key = jwk.get("use").is_none_or(|usage| usage == "sig");
    let may_verify = jwk.get("key_ops").is_none_or(|operations| {
        operations.as_array().is_some_and(|list| list.iter().any(|entry| entry == "verify"))
    });
    is_signature_key && may_verify && !jwk.contains_key("d") && !jwk.contains_key("k")
}

fn rsa(jwk: &Map<String, Value>, algorithms: impl Iterator<Item = Algorithm>) -> Vec<VerifyingKey> {
    let (Some(n), Some(e)) = (number(jwk, "n"), number(jwk, "e")) else { return Vec::new() };
    if !is_strong_rsa(bits(&n)) || !is_good_exponent(&e) {
        return Vec::new();
    }
    algorithms.filter_map(|algorithm| VerifyingKey::rsa(algorithm, &n, &e)).collect()
}

/// Odd, at least 3, and at most 32 bits: larger ones only serve to make checking slow.
fn is_good_exponent(e: &[u8]) -> bool {
    e.len() <= 4 && e.last().is_some_and(|last| last % 2 == 1) && e != [1]
}

fn elliptic_curve(
    jwk: &Map<String, Value>,
    algorithms: impl Iterator<Item = Algorithm>,
) -> Vec<VerifyingKey> {
    let (algorithm, size) = match text(jwk, "crv") {
        Some("P-256") => (Algorithm::ES256, 32),
        Some("P-384") => (Algorithm::ES384, 48),
        Some("P-521") => (Algorithm::ES512, 66),
        Some("secp256k1") => (Algorithm::ES256K, 32),
        _ => return Vec::new(),
    };
    let (Some(x), Some(y)) = (bytes(jwk, "x"), bytes(jwk, "y")) else { return Vec::new() };
    if x.len() != size || y.len() != size {
        return Vec::new();
    }
    let point = [&[4], x.as_slice(), &y].concat();
    algorithms
        .filter(|candidate| *candidate == algorithm)
        .filter_map(|algorithm| VerifyingKey::public(algorithm, &point))
        .collect()
}

fn edwards(
    jwk: &Map<String, Value>,
    algorithms: impl Iterator<Item = Algorithm>,
) -> Vec<VerifyingKey> {
    let Some(x) = bytes(jwk, "x").filter(|x| x.len() == 32 && !has_small_order(x)) else {
        return Vec::new();
    };
    if text(jwk, "crv") != Some("Ed25519") {
        return Vec::new();
    }
    algorithms
        .filter(|algorithm| matches!(algorithm, Algorithm::EdDSA | Algorithm::Ed25519))
        .filter_map(|algorithm| VerifyingKey::public(algorithm, &x))
        .collect()
}

/// Whether an Ed25519 point is one of the eight of small order, in any spelling: under such a key
/// one signature fits every message (RFC 8032, section 8).
pub(crate) fn has_small_order(point: &[u8]) -> bool {
    const ORDER_8: [[u8; 32]; 2] = [
        [
            0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef,
            0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88,
            0x6d, 0x53, 0xfc, 0x05,
        ],
        [
            0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10,
            0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77,
            0x92, 0xac, 0x03, 0x7a,
        ],
    ];
    // Small values and those around the prime 2^255 - 19: y is 0, 1, -1, or the same unreduced.
    let (first, last) = (point[0], point[31] & 0x7f);
    let is_0_or_1 = first <= 1 && last == 0 && point[1..31].iter().all(|byte| *byte == 0);
    let is_near_the_prime =
        (0xec..=0xee).contains(&first) && last == 0x7f && point[1..31].iter().all(|b| *b == 0xff);
    let is_order_8 = ORDER_8.iter().any(|known| known[..31] == point[..31] && known[31] == last);
    is_0_or_1 || is_near_the_prime || is_order_8
}

fn text<'j>(jwk: &'j Map<String, Value>, member: &str) -> Option<&'j str> {
    jwk.get(member)?.as_str()
}

fn bytes(jwk: &Map<String, Value>, member: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text(jwk, member)?).ok()
}

/// A big-endian number without leading zeros, which some issuers write and some libraries refuse.
fn number(jwk: &Map<String, Value>, member: &str) -> Option<Vec<u8>> {
    let bytes = bytes(jwk, member)?;
    let start = bytes.iter().position(|byte| *byte != 0)?;
    Some(bytes[start..].to_vec())
}

fn bits(number: &[u8]) -> usize {
    number.first().map_or(0, |first| number.len() * 8 - first.leading_zeros() as usize)
}
