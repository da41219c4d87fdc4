//! A key, bytes and a signature in; whether they belong together out.
//!
//! A [`VerifyingKey`] is parsed when the key arrives and is bound to one algorithm: what the token
//! claims about itself cannot change how its signature is checked. Next: `claims`.

use std::fmt;

use aws_lc_rs::hmac;
use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::{self, ParsedPublicKey, RsaParameters, VerificationAlgorithm};

use super::algorithm::Algorithm;
use crate::error::AuthError;

/// One key for one algorithm, ready to use.
pub(crate) struct VerifyingKey {
    algorithm: Algorithm,
    material: Material,
}

enum Material {
    Secret(Box<hmac::Key>),
    Public(ParsedPublicKey),
}

impl VerifyingKey {
    /// A shared secret; `None` for an algorithm that has none.
    pub(crate) fn hmac(algorithm: Algorithm, secret: &[u8]) -> Option<Self> {
        let hash = match algorithm {
            Algorithm::HS256 => hmac::HMAC_SHA256,
            Algorithm::HS384 => hmac::HMAC_SHA384,
            Algorithm::HS512 => hmac::HMAC_SHA512,
            _ => return None,
        };
        let material = Material::Secret(Box::new(hmac::Key::new(hash, secret)));
        Some(Self { algorithm, material })
    }

    /// An RSA key from modulus and exponent, big-endian without leading zeros; `None` when the
    /// algorithm is not RSA or the numbers are no RSA key.
    pub(crate) fn rsa(algorithm: Algorithm, n: &[u8], e: &[u8]) -> Option<Self> {
        let key = PublicKeyComponents { n, e }.to_parsed_public_key(rsa_parameters(algorithm)?);
        Some(Self { algorithm, material: Material::Public(key.ok()?) })
    }

    /// An elliptic-curve or Edwards key from its encoded point, or any public key from its
    /// `SubjectPublicKeyInfo` in DER (RFC 5280); `None` when it does not fit the algorithm.
    pub(crate) fn public(algorithm: Algorithm, encoded: &[u8]) -> Option<Self> {
        let key = ParsedPublicKey::new(public_parameters(algorithm)?, encoded).ok()?;
        Some(Self { algorithm, material: Material::Public(key) })
    }

    pub(crate) const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), AuthError> {
        let verified = match &self.material {
            Material::Secret(key) => hmac::verify(key, message, signature),
            Material::Public(key) if has_right_length(self.algorithm, signature) => {
                key.verify_sig(message, signature)
            }
            Material::Public(_) => return Err(AuthError::SignatureInvalid),
        };
        verified.map_err(|_| AuthError::SignatureInvalid)
    }
}

/// Never the key.
impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({})", self.algorithm)
    }
}

const fn rsa_parameters(algorithm: Algorithm) -> Option<&'static RsaParameters> {
    Some(match algorithm {
        Algorithm::RS256 => &signature::RSA_PKCS1_2048_8192_SHA256,
        Algorithm::RS384 => &signature::RSA_PKCS1_2048_8192_SHA384,
        Algorithm::RS512 => &signature::RSA_PKCS1_2048_8192_SHA512,
        Algorithm::PS256 => &signature::RSA_PSS_2048_8192_SHA256,
        Algorithm::PS384 => &signature::RSA_PSS_2048_8192_SHA384,
        Algorithm::PS512 => &signature::RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}

fn public_parameters(algorithm: Algorithm) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match algorithm {
        Algorithm::ES256 => &signature::ECDSA_P256_SHA256_FIXED,
        Algorithm::ES384 => &signature::ECDSA_P384_SHA384_FIXED,
        Algorithm::ES512 => &signature::ECDSA_P521_SHA512_FIXED,
        Algorithm::ES256K => &signature::ECDSA_P256K1_SHA256_FIXED,
        Algorithm::EdDSA | Algorithm::Ed25519 => &signature::ED25519,
        _ => return rsa_parameters(algorithm).map(|rsa| rsa as &dyn VerificationAlgorithm),
    })
}

/// Whether the signature is as long as the algorithm makes it (RFC 7518, section 3.4): halves with
/// extra zeros split evenly too, and would give one token two spellings.
const fn has_right_length(algorithm: Algorithm, signature: &[u8]) -> bool {
    match algorithm {
        Algorithm::ES256 | Algorithm::ES256K | Algorithm::EdDSA | Algorithm::Ed25519 => {
            signature.len() == 64
        }
        Algorithm::ES384 => signature.len() == 96,
        Algorithm::ES512 => signature.len() == 132,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
