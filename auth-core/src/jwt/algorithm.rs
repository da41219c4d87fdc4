//! The signature algorithms, by name. There is no `none`: it cannot be written down.
//!
//! Next: `signature`, which checks them.

use std::fmt;

use crate::config::{FromEnv, ValueError};

/// A signature algorithm (RFC 7518, section 3.1; RFC 8037; RFC 8812; RFC 9864).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Algorithm {
    /// HMAC with SHA-256; the secret has at least 32 bytes.
    HS256,
    /// HMAC with SHA-384; the secret has at least 48 bytes.
    HS384,
    /// HMAC with SHA-512; the secret has at least 64 bytes.
    HS512,
    /// RSA PKCS #1 v1.5 with SHA-256; 2048 to 8192 bits.
    RS256,
    /// RSA PKCS #1 v1.5 with SHA-384; 2048 to 8192 bits.
    RS384,
    /// RSA PKCS #1 v1.5 with SHA-512; 2048 to 8192 bits.
    RS512,
    /// RSA PSS with SHA-256; 2048 to 8192 bits.
    PS256,
    /// RSA PSS with SHA-384; 2048 to 8192 bits.
    PS384,
    /// RSA PSS with SHA-512; 2048 to 8192 bits.
    PS512,
    /// ECDSA on P-256 with SHA-256.
    ES256,
    /// ECDSA on P-384 with SHA-384.
    ES384,
    /// ECDSA on P-521 with SHA-512.
    ES512,
    /// ECDSA on secp256k1 with SHA-256.
    ES256K,
    /// Ed25519 under its older name.
    EdDSA,
    /// Ed25519 under its own name.
    Ed25519,
}

impl Algorithm {
    /// Every algorithm there is.
    pub const ALL: [Self; 15] = [
        Self::HS256,
        Self::HS384,
        Self::HS512,
        Self::RS256,
        Self::RS384,
        Self::RS512,
        Self::PS256,
        Self::PS384,
        Self::PS512,
        Self::ES256,
        Self::ES384,
        Self::ES512,
        Self::ES256K,
        Self::EdDSA,
        Self::Ed25519,
    ];

    /// The `alg` value.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HS256 => "HS256",
            Self::HS384 => "HS384",
            Self::HS512 => "HS512",
            Self::RS256 => "RS256",
            Self::RS384 => "RS384",
            Self::RS512 => "RS512",
            Self::PS256 => "PS256",
            Self::PS384 => "PS384",
            Self::PS512 => "PS512",
            Self::ES256 => "ES256",
            Self::ES384 => "ES384",
            Self::ES512 => "ES512",
            Self::ES256K => "ES256K",
            Self::EdDSA => "EdDSA",
            Self::Ed25519 => "Ed25519",
        }
    }

    /// The algorithm of that name, compared byte for byte (RFC 7515, section 4.1.1).
    ///
    /// ```
    /// use auth_core::Algorithm;
    ///
    /// assert_eq!(Algorithm::from_name("RS256"), Some(Algorithm::RS256));
    /// assert_eq!(Algorithm::from_name("rs256"), None);
    /// assert_eq!(Algorithm::from_name("none"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }

    /// Whether the key that verifies is also the key that signs.
    pub const fn is_symmetric(self) -> bool {
        matches!(self, Self::HS256 | Self::HS384 | Self::HS512)
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromEnv for Algorithm {
    fn from_env(text: &str) -> Result<Self, ValueError> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::from_name(text)
            .ok_or_else(|| ValueError::new(format!("one of {}", names())).found(text))
    }
}
