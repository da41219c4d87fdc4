//! Keys and signatures that no library makes any more: small RSA numbers, computed by hand.

use num_bigint::BigUint;
use serde_json::{Value, json};

use super::mangle::b64;

/// A 1024-bit modulus and its private exponent: public knowledge, good for nothing but refusal.
const MODULUS: &str = "d51f7c8c358d6ea7404879ae0efdab48442d8d20b283501d842b82abada642e1\
                       bc757fcf7ffa6e89cf7768797696f4e0a032cf4baef3c091c19ecea6e06023e3\
                       805674425c5fa59e08b9685b8d63f481a8e7d53e68be2bea3e34192654838f03\
                       28feb47875bd8577c255a8afc615347c2d36fba80ed79dff933ff672c1f47ec3";
const PRIVATE_EXPONENT: &str = "2d191895e2cf26d7257730a8706ba54f097e4a1add2b844c7aa76a6341bfa8ef\
                                739db98a031ecf3d42359659fd8a3c0f3c57041e93cae8b8ef2bd7b6e04bf7cb\
                                cd61759fe25a8244c37ddb9ac50534b96ed8b0c352601c321191563e3ba72d52\
                                f5e75d4d27a258c1c253adf5c941193dc6ffefe45edd6a83dea894e1cd9844e1";

/// `DigestInfo` of SHA-256 (RFC 8017, section 9.2, note 1).
const SHA256_PREFIX: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];

/// A 1024-bit key as a JSON Web Key, and its RS256 signature over a message.
pub fn weak_rsa(id: &str, message: &[u8]) -> (Value, Vec<u8>) {
    let number = |hex: &str| BigUint::parse_bytes(hex.as_bytes(), 16).unwrap_or_default();
    let (n, d) = (number(MODULUS), number(PRIVATE_EXPONENT));
    let padded = BigUint::from_bytes_be(&padded_digest(message, 128));
    let signature = padded.modpow(&d, &n).to_bytes_be();
    let jwk = json!({
        "kty": "RSA", "kid": id, "use": "sig", "alg": "RS256",
        "n": b64(n.to_bytes_be()), "e": b64([1, 0, 1]),
    });
    (jwk, [vec![0; 128 - signature.len()], signature].concat())
}

/// What an RS256 signature is before the private key is applied: under the exponent 1 this is the
/// signature.
pub fn padded_digest(message: &[u8], size: usize) -> Vec<u8> {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, message);
    let tail = [&[0], SHA256_PREFIX.as_slice(), digest.as_ref()].concat();
    [vec![0, 1], vec![0xff; size - 2 - tail.len()], tail].concat()
}
