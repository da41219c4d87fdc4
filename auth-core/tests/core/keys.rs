//! Keys made on the spot: an algorithm in, a pair that signs and shows its public half out.
//!
//! `jsonwebtoken` signs what it knows, so that what we accept is not what we wrote ourselves; the
//! three algorithms that it lacks are signed by aws-lc-rs.

use std::sync::LazyLock;

use auth_core::{Algorithm, HmacSecret};
use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256K1_SHA256_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair as _,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{EncodingKey, Header};
use rcgen::{KeyPair, RsaKeySize};
use serde_json::{Value, json};

/// Long enough for every HMAC.
pub(crate) const SECRET: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0-0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/// The algorithms with public keys that `jsonwebtoken` knows.
pub(crate) const ASYMMETRIC: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// The algorithms with public keys that only aws-lc-rs knows.
pub(crate) const BY_HAND: [Algorithm; 3] =
    [Algorithm::ES512, Algorithm::ES256K, Algorithm::Ed25519];

/// The algorithms with shared secrets.
pub(crate) const SYMMETRIC: [Algorithm; 3] = [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512];

/// RSA keys take their time, so there are two: ours and a stranger's. Private, then public PEM.
static RSA: [LazyLock<(String, String)>; 2] = [LazyLock::new(rsa), LazyLock::new(rsa)];

/// A key pair of `jsonwebtoken`.
pub(crate) struct Pair {
    private: EncodingKey,
    pem: String,
}

impl Pair {
    /// Our key for an algorithm.
    pub(crate) fn ours(algorithm: Algorithm) -> Self {
        Self::of(algorithm, 0)
    }

    /// Somebody else's.
    pub(crate) fn stranger(algorithm: Algorithm) -> Self {
        Self::of(algorithm, 1)
    }

    fn of(algorithm: Algorithm, rsa: usize) -> Self {
        let made = match algorithm {
            Algorithm::ES256 => KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256),
            Algorithm::ES384 => KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384),
            Algorithm::EdDSA => KeyPair::generate_for(&rcgen::PKCS_ED25519),
            _ => {
                let (private, public) = &*RSA[rsa];
                let private = EncodingKey::from_rsa_pem(private.as_bytes()).unwrap();
                return Self { private, pem: public.clone() };
            }
        };
        let pair = made.unwrap();
        let pkcs8 = pair.serialized_der();
        let private = match algorithm {
            Algorithm::EdDSA => EncodingKey::from_ed_der(pkcs8),
            _ => EncodingKey::from_ec_der(pkcs8),
        };
        Self { private, pem: pair.public_key_pem() }
    }

    /// The public key as PEM.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// The public key as a JSON Web Key under this id.
    pub(crate) fn jwk(&self, algorithm: Algorithm, id: &str) -> Value {
        if algorithm == Algorithm::EdDSA {
            let spki = pem::parse(&self.pem).unwrap();
            let point = spki.contents().last_chunk::<32>().unwrap();
            return json!({"kty": "OKP", "crv": "Ed25519", "kid": id, "x": b64(point)});
        }
        let jwk = Jwk::from_encoding_key(&self.private, theirs(algorithm)).unwrap();
        let mut jwk = serde_json::to_value(jwk).unwrap();
        jwk["kid"] = json!(id);
        jwk
    }

    /// A token with these claims.
    pub(crate) fn sign(&self, algorithm: Algorithm, id: Option<&str>, claims: &Value) -> String {
        let mut header = Header::new(theirs(algorithm));
        header.kid = id.map(str::to_owned);
        self.sign_under(&header, claims)
    }

    /// A token over any header and payload at all.
    pub(crate) fn sign_texts(&self, algorithm: Algorithm, header: &str, payload: &str) -> String {
        let input = format!("{}.{}", b64(header), b64(payload));
        let signature =
            jsonwebtoken::crypto::sign(input.as_bytes(), &self.private, theirs(algorithm));
        format!("{input}.{}", signature.unwrap())
    }

    /// A token with these claims under this header.
    pub(crate) fn sign_under(&self, header: &Header, claims: &Value) -> String {
        jsonwebtoken::encode(header, claims, &self.private).unwrap()
    }
}

fn rsa() -> (String, String) {
    let pair = KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
    (pair.serialize_pem(), pair.public_key_pem())
}

/// The same algorithm in the other library.
pub(crate) fn theirs(algorithm: Algorithm) -> jsonwebtoken::Algorithm {
    algorithm.name().parse().unwrap()
}

/// A token under a shared secret.
pub(crate) fn mac(algorithm: Algorithm, secret: &str, claims: &Value) -> String {
    let key = EncodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::encode(&Header::new(theirs(algorithm)), claims, &key).unwrap()
}

/// The shared secret of every test.
pub(crate) fn secret() -> HmacSecret {
    HmacSecret::parse(SECRET).unwrap()
}

/// A token over any header and payload at all, with an HS256 signature that is right.
pub(crate) fn mac_over(header: &str, payload: &str) -> String {
    let input = format!("{}.{}", b64(header), b64(payload));
    let key = EncodingKey::from_secret(SECRET.as_bytes());
    let signature =
        jsonwebtoken::crypto::sign(input.as_bytes(), &key, jsonwebtoken::Algorithm::HS256);
    format!("{input}.{}", signature.unwrap())
}

/// Base64url without padding.
pub(crate) fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes behind base64url.
pub(crate) fn unb64(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// A public key as PEM, and a token signed with its private half, for [`BY_HAND`].
pub(crate) fn by_hand(algorithm: Algorithm, claims: &Value) -> (String, String) {
    let header = json!({"alg": algorithm.name()});
    let (spki, token) = by_hand_under(algorithm, &header, claims);
    (pem::encode(&pem::Pem::new("PUBLIC KEY", spki)), token)
}

/// The same under this header, and with the key as `SubjectPublicKeyInfo`.
pub(crate) fn by_hand_under(
    algorithm: Algorithm,
    header: &Value,
    claims: &Value,
) -> (Vec<u8>, String) {
    let input = format!("{}.{}", b64(header.to_string()), b64(claims.to_string()));
    let (spki, signature) = match algorithm {
        Algorithm::ES512 => ecdsa(&ECDSA_P521_SHA512_FIXED_SIGNING, &input),
        Algorithm::ES256K => ecdsa(&ECDSA_P256K1_SHA256_FIXED_SIGNING, &input),
        _ => ed25519(&input),
    };
    (spki, format!("{input}.{}", b64(signature)))
}

/// A new key's `SubjectPublicKeyInfo`, and its signature.
fn ecdsa(kind: &'static EcdsaSigningAlgorithm, input: &str) -> (Vec<u8>, Vec<u8>) {
    let pair = EcdsaKeyPair::generate(kind).unwrap();
    let spki: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    let signature = pair.sign(&SystemRandom::new(), input.as_bytes()).unwrap();
    (spki.as_ref().to_vec(), signature.as_ref().to_vec())
}

/// The same for Ed25519.
fn ed25519(input: &str) -> (Vec<u8>, Vec<u8>) {
    let pair = Ed25519KeyPair::generate().unwrap();
    let spki: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    (spki.as_ref().to_vec(), pair.sign(input.as_bytes()).as_ref().to_vec())
}
