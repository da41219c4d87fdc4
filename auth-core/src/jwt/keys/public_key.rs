//! The parts of a public key in, one checked [`PublicKey`] out, whatever form it came in.
//!
//! JSON Web Keys, PEM, DER and certificates all end here, so a key that is refused in one form is
//! refused in every other. The key says which algorithms it can serve; who gave it may narrow that.
//! Next: `signature`.

use super::weak;
use crate::jwt::{Algorithm, VerifyingKey};

/// A key that may be used: of a kind, a size and a value that are safe.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum PublicKey {
    /// Modulus and exponent, big-endian without leading zeros.
    Rsa { n: Vec<u8>, e: Vec<u8> },
    /// A point on a curve, uncompressed (SEC 1, section 2.3.3).
    Elliptic { curve: Curve, point: Vec<u8> },
    /// The 32 bytes of RFC 8032, section 5.1.5.
    Ed25519([u8; 32]),
}

/// An elliptic curve for ECDSA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Curve {
    P256,
    P384,
    P521,
    Secp256k1,
}

/// Why a key cannot be used: a sentence without its first capital and without a full stop.
pub(crate) type KeyProblem = &'static str;

impl PublicKey {
    /// An RSA key (RFC 7518, section 6.3.1). Leading zeros, which some issuers write, are read over.
    pub(crate) fn rsa(n: &[u8], e: &[u8]) -> Result<Self, KeyProblem> {
        let (n, e) = (weak::without_leading_zeros(n), weak::without_leading_zeros(e));
        if !weak::is_strong_rsa(n) {
            return Err("the RSA key has to have 2048 to 8192 bits");
        }
        if !weak::is_good_exponent(e) {
            return Err("the RSA key's exponent has to be odd, at least 3, and at most 32 bits");
        }
        VerifyingKey::rsa(Algorithm::RS256, n, e).ok_or("the RSA key's numbers are no key")?;
        Ok(Self::Rsa { n: n.to_vec(), e: e.to_vec() })
    }

    /// A key from its uncompressed point, which has to lie on the curve.
    pub(crate) fn elliptic(curve: Curve, point: &[u8]) -> Result<Self, KeyProblem> {
        if point.first() != Some(&4) {
            return Err("the key's point is compressed: write it uncompressed");
        }
        if point.len() != 1 + 2 * curve.coordinate_bytes() {
            return Err("the key's coordinates do not have the length of its curve");
        }
        VerifyingKey::public(curve.algorithm(), point)
            .ok_or("the key's point is not on its curve")?;
        Ok(Self::Elliptic { curve, point: point.to_vec() })
    }

    /// An Ed25519 key (RFC 8037, section 2).
    pub(crate) fn ed25519(point: &[u8]) -> Result<Self, KeyProblem> {
        let point = point.try_into().map_err(|_| "an Ed25519 key has 32 bytes")?;
        if weak::has_small_order(point) {
            return Err("the Ed25519 key is a point of small order: anybody can sign for it");
        }
        Ok(Self::Ed25519(*point))
    }

    /// The key for one algorithm; `None` when it is of another kind.
    pub(crate) fn for_algorithm(&self, algorithm: Algorithm) -> Option<VerifyingKey> {
        match self {
            Self::Rsa { n, e } => VerifyingKey::rsa(algorithm, n, e),
            Self::Elliptic { curve, point } if curve.algorithm() == algorithm => {
                VerifyingKey::public(algorithm, point)
            }
            Self::Ed25519(point) if matches!(algorithm, Algorithm::EdDSA | Algorithm::Ed25519) => {
                VerifyingKey::public(algorithm, point)
            }
            Self::Elliptic { .. } | Self::Ed25519(_) => None,
        }
    }

    /// The algorithm that is meant when nobody names one: the plain one of the key's kind. Nobody
    /// means secp256k1 without saying so.
    pub(crate) const fn plain_algorithm(&self) -> Option<Algorithm> {
        match self {
            Self::Rsa { .. } => Some(Algorithm::RS256),
            Self::Elliptic { curve: Curve::Secp256k1, .. } => None,
            Self::Elliptic { curve, .. } => Some(curve.algorithm()),
            Self::Ed25519(_) => Some(Algorithm::EdDSA),
        }
    }

    /// What the key is, for people.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Rsa { .. } => "RSA",
            Self::Elliptic { curve, .. } => curve.name(),
            Self::Ed25519(_) => "Ed25519",
        }
    }
}

impl Curve {
    /// Its name in a JSON Web Key (RFC 7518, section 6.2.1.1; RFC 8812, section 3.1).
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
            Self::Secp256k1 => "secp256k1",
        }
    }

    /// The curve of that name, compared byte for byte.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let curves = [Self::P256, Self::P384, Self::P521, Self::Secp256k1];
        curves.into_iter().find(|curve| curve.name() == name)
    }

    /// How many bytes each coordinate has, leading zeros included (RFC 7518, section 6.2.1.2).
    pub(crate) const fn coordinate_bytes(self) -> usize {
        match self {
            Self::P256 | Self::Secp256k1 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    const fn algorithm(self) -> Algorithm {
        match self {
            Self::P256 => Algorithm::ES256,
            Self::P384 => Algorithm::ES384,
            Self::P521 => Algorithm::ES512,
            Self::Secp256k1 => Algorithm::ES256K,
        }
    }
}
