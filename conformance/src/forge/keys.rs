//! Signing keys, made when they are first needed, and forgotten when the run ends: by rcgen, and by
//! aws-lc-rs on the curve that rcgen lacks.
//!
//! RSA keys cost tens of milliseconds each, so a process makes three and lends them out. Next: `sign`.

use std::fmt;
use std::sync::{Arc, LazyLock};

use auth_core::Algorithm;
use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::signature::{self, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{Certificate, CertificateParams, KeyPair, PublicKeyData, RsaKeySize};
use serde_json::{Value, json};

use super::mangle::b64;
use super::sign::{mac, rsa_encoding, sign_ec, sign_rsa};

/// The keys of an issuer and of strangers, all for one algorithm.
#[derive(Debug, Clone)]
pub struct KeyRing {
    /// The issuer signs with this one.
    pub current: SigningKey,
    /// The issuer publishes this one as well, and will sign with it next.
    pub next: SigningKey,
    /// Somebody else's.
    pub stranger: SigningKey,
}

/// A private key, or a secret, under an id.
#[derive(Clone)]
pub struct SigningKey {
    id: String,
    kind: Kind,
    private: Arc<Private>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Secret,
    Rsa,
    P256,
    P384,
    P521,
    Secp256k1,
    Ed25519,
}

struct Private {
    /// The secret itself, or PKCS #8.
    secret: Vec<u8>,
    /// PKCS #1, an uncompressed point, or the 32 bytes of Ed25519; empty for a secret.
    public: Vec<u8>,
    /// `SubjectPublicKeyInfo`; empty for a secret.
    spki: Vec<u8>,
}

/// The RSA keys that a process lends out: an issuer's two and a stranger's.
static RSA_KEYS: [LazyLock<Arc<Private>>; 3] = [
    LazyLock::new(|| Private::generate(Kind::Rsa)),
    LazyLock::new(|| Private::generate(Kind::Rsa)),
    LazyLock::new(|| Private::generate(Kind::Rsa)),
];

impl KeyRing {
    /// Keys for an algorithm; `secret` is the one that issuer and subject share, if they do.
    pub fn new(algorithm: Algorithm, secret: Option<&str>) -> Self {
        let kind = Kind::of(algorithm);
        let key = |id: &str, index: usize| match (kind, secret) {
            (Kind::Secret, Some(secret)) if index < 2 => SigningKey::secret(id, secret.as_bytes()),
            (Kind::Secret, _) => SigningKey::secret(id, &[b's', b't'].repeat(40)),
            (Kind::Rsa, _) => SigningKey::from(id, kind, Arc::clone(&RSA_KEYS[index])),
            _ => SigningKey::from(id, kind, Private::generate(kind)),
        };
        Self { current: key("current", 0), next: key("next", 1), stranger: key("stranger", 2) }
    }

    /// The keys after a rotation: the next one signs, and a new one is announced. A shared secret
    /// stays what it is.
    pub fn rotated(&self, algorithm: Algorithm) -> Self {
        if algorithm.is_symmetric() {
            return self.clone();
        }
        let next = SigningKey::generate(&format!("after-{}", self.next.id), algorithm);
        Self { current: self.next.clone(), next, stranger: self.stranger.clone() }
    }
}

impl SigningKey {
    /// A shared secret.
    pub fn secret(id: &str, secret: &[u8]) -> Self {
        let private = Private { secret: secret.to_vec(), public: Vec::new(), spki: Vec::new() };
        Self::from(id, Kind::Secret, Arc::new(private))
    }

    /// A new key for an algorithm.
    pub fn generate(id: &str, algorithm: Algorithm) -> Self {
        let kind = Kind::of(algorithm);
        Self::from(id, kind, Private::generate(kind))
    }

    fn from(id: &str, kind: Kind, private: Arc<Private>) -> Self {
        Self { id: id.to_owned(), kind, private }
    }

    /// The same key under another id.
    pub fn named(mut self, id: &str) -> Self {
        id.clone_into(&mut self.id);
        self
    }

    /// The key's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The public key: PKCS #1, an uncompressed point, or the 32 bytes of Ed25519.
    pub fn public(&self) -> &[u8] {
        &self.private.public
    }

    /// The public key as `SubjectPublicKeyInfo` in DER.
    pub fn spki(&self) -> &[u8] {
        &self.private.spki
    }

    /// The public key as PEM, with plain line feeds.
    pub fn pem(&self) -> String {
        pem_text("PUBLIC KEY", self.spki())
    }

    /// The private key as PEM (PKCS #8), for whoever signs with it on the other side.
    pub fn private_pem(&self) -> String {
        pem_text("PRIVATE KEY", &self.private.secret)
    }

    /// A certificate for the key, signed by itself, as base64 of its DER: a member of `x5c`.
    ///
    /// # Panics
    ///
    /// For a shared secret or a key on secp256k1: a mistake in a case.
    pub fn certificate(&self) -> String {
        STANDARD.encode(self.certified("evil.example").der())
    }

    /// A certificate for the key, signed by itself, as PEM: a value in a map of certificates. It is
    /// good from 2026 to the end of 2029, around the moment at which every case begins.
    ///
    /// # Panics
    ///
    /// For a shared secret or a key on secp256k1: a mistake in a case.
    pub fn certificate_pem(&self) -> String {
        pem_text("CERTIFICATE", self.certified("keys.example").der())
    }

    fn certified(&self, name: &str) -> Certificate {
        let pair = KeyPair::try_from(self.private.secret.as_slice()).expect("rcgen wrote it");
        let mut params = CertificateParams::new([name.to_owned()]).expect("a good name");
        params.not_before = rcgen::date_time_ymd(2026, 1, 1);
        params.not_after = rcgen::date_time_ymd(2029, 12, 31);
        params.self_signed(&pair).expect("the parameters are complete")
    }

    /// The public key as a JSON Web Key.
    pub fn jwk(&self) -> Value {
        let public = self.public();
        let ec = |crv: &str| {
            let (x, y) = public[1..].split_at((public.len() - 1) / 2);
            json!({"kty": "EC", "crv": crv, "x": b64(x), "y": b64(y)})
        };
        let mut jwk = match self.kind {
            Kind::Secret => json!({"kty": "oct", "k": b64(&self.private.secret)}),
            Kind::Rsa => {
                let (n, e) = rsa_numbers(public);
                json!({"kty": "RSA", "n": b64(n), "e": b64(e)})
            }
            Kind::P256 => ec("P-256"),
            Kind::P384 => ec("P-384"),
            Kind::P521 => ec("P-521"),
            Kind::Secp256k1 => ec("secp256k1"),
            Kind::Ed25519 => json!({"kty": "OKP", "crv": "Ed25519", "x": b64(public)}),
        };
        jwk["kid"] = json!(self.id);
        jwk["use"] = json!("sig");
        jwk
    }

    /// Signs as JSON Web Signatures are signed (RFC 7518, section 3).
    ///
    /// # Panics
    ///
    /// When the key is not of the algorithm's kind: a mistake in a case.
    pub fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Vec<u8> {
        let secret = &self.private.secret;
        match self.kind {
            Kind::Secret => mac(algorithm, secret, message),
            Kind::Rsa => sign_rsa(rsa_encoding(algorithm), secret, message),
            Kind::P256 => sign_ec(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, secret, message),
            Kind::P384 => sign_ec(&signature::ECDSA_P384_SHA384_FIXED_SIGNING, secret, message),
            Kind::P521 => sign_ec(&signature::ECDSA_P521_SHA512_FIXED_SIGNING, secret, message),
            Kind::Secp256k1 => {
                sign_ec(&signature::ECDSA_P256K1_SHA256_FIXED_SIGNING, secret, message)
            }
            Kind::Ed25519 => {
                let pair = Ed25519KeyPair::from_pkcs8(secret).expect("rcgen wrote it");
                pair.sign(message).as_ref().to_vec()
            }
        }
    }
}

impl Kind {
    const fn of(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512 => Self::Secret,
            Algorithm::ES256 => Self::P256,
            Algorithm::ES384 => Self::P384,
            Algorithm::ES512 => Self::P521,
            Algorithm::ES256K => Self::Secp256k1,
            Algorithm::EdDSA | Algorithm::Ed25519 => Self::Ed25519,
            _ => Self::Rsa,
        }
    }
}

impl Private {
    fn generate(kind: Kind) -> Arc<Self> {
        let made = match kind {
            Kind::Rsa => KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, RsaKeySize::_2048),
            Kind::P384 => KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384),
            Kind::P521 => KeyPair::generate_for(&rcgen::PKCS_ECDSA_P521_SHA512),
            Kind::Ed25519 => KeyPair::generate_for(&rcgen::PKCS_ED25519),
            Kind::P256 | Kind::Secret => KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256),
            Kind::Secp256k1 => return Arc::new(Self::generate_secp256k1()),
        };
        let pair = made.expect("aws-lc-rs generates keys of every kind");
        Arc::new(Self {
            secret: pair.serialized_der().to_vec(),
            public: pair.public_key_raw().to_vec(),
            spki: pair.subject_public_key_info(),
        })
    }

    /// A key of aws-lc-rs, since rcgen makes none on this curve.
    fn generate_secp256k1() -> Self {
        let pair = EcdsaKeyPair::generate(&signature::ECDSA_P256K1_SHA256_FIXED_SIGNING)
            .expect("aws-lc-rs generates keys of every kind");
        let secret = pair.to_pkcs8v1().expect("a key that was made can be written");
        let spki: PublicKeyX509Der<'_> =
            pair.public_key().as_der().expect("a key that was made can be written");
        Self {
            secret: secret.as_ref().to_vec(),
            public: pair.public_key().as_ref().to_vec(),
            spki: spki.as_ref().to_vec(),
        }
    }
}

/// A PEM block as most tools write it.
pub fn pem_text(tag: &str, der: &[u8]) -> String {
    let config = pem::EncodeConfig::new().set_line_ending(pem::LineEnding::LF);
    pem::encode_config(&pem::Pem::new(tag, der), config)
}

/// Modulus and exponent of a PKCS #1 public key, without leading zeros.
pub(super) fn rsa_numbers(pkcs1: &[u8]) -> (&[u8], &[u8]) {
    fn value(der: &[u8]) -> (&[u8], &[u8]) {
        let (start, length) = match der[1] {
            0x81 => (3, usize::from(der[2])),
            0x82 => (4, usize::from(der[2]) << 8 | usize::from(der[3])),
            short => (2, usize::from(short)),
        };
        der[start..].split_at(length)
    }
    let (sequence, _) = value(pkcs1);
    let (n, rest) = value(sequence);
    let (e, _) = value(rest);
    (n.strip_prefix(&[0]).unwrap_or(n), e)
}

/// The id, never the key.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.id)
    }
}
