//! A key that signs, for each of the fifteen algorithms: a name in, tokens and their verifier out.
//!
//! aws-lc-rs signs them all, and knows no tokens: what is put together here is put together by
//! hand. Shared by the test binaries that take it in by its path.

use std::sync::LazyLock;

use auth_core::config::HmacSecret;
use auth_core::jwt::VerifierBuilder;
use auth_core::{Algorithm, Verifier};
use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{self, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RsaEncoding};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Long enough for every HMAC.
pub(crate) const SECRET: &str = "5b1cf1a9d3e74b0c8e2f60a7d94c38b5-1f7e2d3c4b5a69788796a5b4c3d2e1f0";

/// RSA keys take their time, so there is one.
static RSA: LazyLock<RsaKeyPair> =
    LazyLock::new(|| RsaKeyPair::generate(KeySize::Rsa2048).expect("the random source works"));

/// A private key, or a secret.
pub(crate) struct Signer {
    algorithm: Algorithm,
    key: Key,
}

enum Key {
    Secret(Box<hmac::Key>),
    Rsa(&'static dyn RsaEncoding),
    Elliptic(Box<EcdsaKeyPair>),
    Edwards(Box<Ed25519KeyPair>),
}

impl Signer {
    /// A new key; secrets and RSA keys are always the same one.
    pub(crate) fn new(algorithm: Algorithm) -> Self {
        let secret = |hash| Key::Secret(Box::new(hmac::Key::new(hash, SECRET.as_bytes())));
        let elliptic = |curve| Key::Elliptic(Box::new(EcdsaKeyPair::generate(curve).unwrap()));
        let key = match algorithm {
            Algorithm::HS256 => secret(hmac::HMAC_SHA256),
            Algorithm::HS384 => secret(hmac::HMAC_SHA384),
            Algorithm::HS512 => secret(hmac::HMAC_SHA512),
            Algorithm::RS256 => Key::Rsa(&signature::RSA_PKCS1_SHA256),
            Algorithm::RS384 => Key::Rsa(&signature::RSA_PKCS1_SHA384),
            Algorithm::RS512 => Key::Rsa(&signature::RSA_PKCS1_SHA512),
            Algorithm::PS256 => Key::Rsa(&signature::RSA_PSS_SHA256),
            Algorithm::PS384 => Key::Rsa(&signature::RSA_PSS_SHA384),
            Algorithm::PS512 => Key::Rsa(&signature::RSA_PSS_SHA512),
            Algorithm::ES256 => elliptic(&signature::ECDSA_P256_SHA256_FIXED_SIGNING),
            Algorithm::ES384 => elliptic(&signature::ECDSA_P384_SHA384_FIXED_SIGNING),
            Algorithm::ES512 => elliptic(&signature::ECDSA_P521_SHA512_FIXED_SIGNING),
            Algorithm::ES256K => elliptic(&signature::ECDSA_P256K1_SHA256_FIXED_SIGNING),
            Algorithm::EdDSA | Algorithm::Ed25519 => {
                Key::Edwards(Box::new(Ed25519KeyPair::generate().unwrap()))
            }
            other => unreachable!("{other} is new: give it a key"),
        };
        Self { algorithm, key }
    }

    pub(crate) const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The public key as `SubjectPublicKeyInfo`; `None` for a secret.
    pub(crate) fn spki(&self) -> Option<Vec<u8>> {
        let der: PublicKeyX509Der<'_> = match &self.key {
            Key::Secret(_) => return None,
            Key::Rsa(_) => RSA.public_key().as_der().unwrap(),
            Key::Elliptic(pair) => pair.public_key().as_der().unwrap(),
            Key::Edwards(pair) => pair.public_key().as_der().unwrap(),
        };
        Some(der.as_ref().to_vec())
    }

    /// A verifier of this key's tokens, and of no others.
    pub(crate) fn verifier(&self) -> VerifierBuilder {
        let builder = match self.spki() {
            None => Verifier::hmac(&HmacSecret::parse(SECRET).unwrap()),
            Some(spki) => Verifier::pem(pem::encode(&pem::Pem::new("PUBLIC KEY", spki))),
        };
        builder.algorithms([self.algorithm])
    }

    /// The signature over any bytes.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.key {
            Key::Secret(key) => hmac::sign(key, message).as_ref().to_vec(),
            Key::Rsa(encoding) => {
                let mut signature = vec![0; RSA.public_modulus_len()];
                RSA.sign(*encoding, &random, message, &mut signature).unwrap();
                signature
            }
            Key::Elliptic(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Key::Edwards(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }

    /// A token over any header and any payload.
    pub(crate) fn token(&self, header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
        let input = format!("{}.{}", b64(header), b64(payload));
        let signature = self.sign(input.as_bytes());
        format!("{input}.{}", b64(signature))
    }

    /// The header of a good token.
    pub(crate) fn header(&self) -> String {
        format!(r#"{{"alg":"{}","typ":"JWT"}}"#, self.algorithm)
    }
}

/// Base64url without padding.
pub(crate) fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
