//! A key and a message in, a signature as JSON Web Signatures have it out (RFC 7518, section 3).
//! Used by `keys` and `draft`.

use auth_core::Algorithm;
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    self, EcdsaKeyPair, EcdsaSigningAlgorithm, RsaKeyPair, RsaSignatureEncoding,
};

/// The MAC of a message, under any key at all, the empty one included.
pub(super) fn mac(algorithm: Algorithm, secret: &[u8], message: &[u8]) -> Vec<u8> {
    let hash = match algorithm {
        Algorithm::HS384 => hmac::HMAC_SHA384,
        Algorithm::HS512 => hmac::HMAC_SHA512,
        _ => hmac::HMAC_SHA256,
    };
    hmac::sign(&hmac::Key::new(hash, secret), message).as_ref().to_vec()
}

/// How an algorithm pads and hashes.
pub(super) fn rsa_encoding(algorithm: Algorithm) -> &'static RsaSignatureEncoding {
    match algorithm {
        Algorithm::RS384 => &signature::RSA_PKCS1_SHA384,
        Algorithm::RS512 => &signature::RSA_PKCS1_SHA512,
        Algorithm::PS256 => &signature::RSA_PSS_SHA256,
        Algorithm::PS384 => &signature::RSA_PSS_SHA384,
        Algorithm::PS512 => &signature::RSA_PSS_SHA512,
        _ => &signature::RSA_PKCS1_SHA256,
    }
}

/// The signature of a key in PKCS #8.
pub(super) fn sign_rsa(
    encoding: &'static RsaSignatureEncoding,
    pkcs8: &[u8],
    message: &[u8],
) -> Vec<u8> {
    let pair = RsaKeyPair::from_pkcs8(pkcs8).expect("rcgen wrote it");
    let mut made = vec![0; pair.public_modulus_len()];
    pair.sign(encoding, &SystemRandom::new(), message, &mut made).expect("RSA signs");
    made
}

/// The signature of a key in PKCS #8, both halves in full length (RFC 7518, section 3.4).
pub(super) fn sign_ec(
    algorithm: &'static EcdsaSigningAlgorithm,
    pkcs8: &[u8],
    message: &[u8],
) -> Vec<u8> {
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8).expect("rcgen wrote it");
    pair.sign(&SystemRandom::new(), message).expect("ECDSA signs").as_ref().to_vec()
}
