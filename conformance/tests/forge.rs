//! The forge's good tokens are good: another implementation verifies every one of them.

use auth_conformance::forge::{Draft, KeyRing, signature_of};
use auth_core::Algorithm;
use aws_lc_rs::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, Validation, decode};
use serde_json::Value;

const SECRET: &str = "only-for-tests-4cc5a1f29e7b4d11b9d7f00dfeedc0de0123456789abcdef";

#[test]
fn another_implementation_accepts_what_the_forge_signs() {
    for (ours, theirs) in [
        (Algorithm::HS256, jsonwebtoken::Algorithm::HS256),
        (Algorithm::HS384, jsonwebtoken::Algorithm::HS384),
        (Algorithm::HS512, jsonwebtoken::Algorithm::HS512),
        (Algorithm::RS256, jsonwebtoken::Algorithm::RS256),
        (Algorithm::RS384, jsonwebtoken::Algorithm::RS384),
        (Algorithm::RS512, jsonwebtoken::Algorithm::RS512),
        (Algorithm::PS256, jsonwebtoken::Algorithm::PS256),
        (Algorithm::PS384, jsonwebtoken::Algorithm::PS384),
        (Algorithm::PS512, jsonwebtoken::Algorithm::PS512),
        (Algorithm::ES256, jsonwebtoken::Algorithm::ES256),
        (Algorithm::ES384, jsonwebtoken::Algorithm::ES384),
        (Algorithm::EdDSA, jsonwebtoken::Algorithm::EdDSA),
    ] {
        let keys = KeyRing::new(ours, Some(SECRET));
        let token = Draft::new(ours, &keys.current).claim("exp", 9_999_999_999_u64).sign();
        let verified = |key: &Value| {
            let jwk: Jwk = serde_json::from_value(key.clone()).unwrap();
            let key = DecodingKey::from_jwk(&jwk).unwrap();
            decode::<Value>(&token, &key, &Validation::new(theirs)).is_ok()
        };
        assert!(verified(&keys.current.jwk()), "{ours}");
        assert!(!verified(&keys.stranger.jwk()), "{ours} under a stranger's key");
    }
}

#[test]
fn a_library_of_its_own_accepts_what_the_forge_signs_besides() {
    for (algorithm, checked) in [
        (Algorithm::ES512, &signature::ECDSA_P521_SHA512_FIXED as &dyn VerificationAlgorithm),
        (Algorithm::ES256K, &signature::ECDSA_P256K1_SHA256_FIXED),
        (Algorithm::EdDSA, &signature::ED25519),
        (Algorithm::Ed25519, &signature::ED25519),
    ] {
        let keys = KeyRing::new(algorithm, None);
        let token = Draft::new(algorithm, &keys.current).claim("exp", 9_999_999_999_u64).sign();
        let (input, _) = token.rsplit_once('.').unwrap();
        let verified = |key: &[u8]| {
            let key = UnparsedPublicKey::new(checked, key);
            key.verify(input.as_bytes(), &signature_of(&token)).is_ok()
        };
        assert!(verified(keys.current.public()) && verified(keys.current.spki()), "{algorithm}");
        assert!(!verified(keys.stranger.public()), "{algorithm} under a stranger's key");
    }
}

#[test]
fn the_published_form_of_a_key_is_of_its_curve_and_full_length() {
    for (algorithm, curve, size) in [
        (Algorithm::ES256, "P-256", 32),
        (Algorithm::ES384, "P-384", 48),
        (Algorithm::ES512, "P-521", 66),
        (Algorithm::ES256K, "secp256k1", 32),
    ] {
        let jwk = KeyRing::new(algorithm, None).current.jwk();
        assert_eq!(jwk["crv"], curve);
        for coordinate in ["x", "y"] {
            let bytes = auth_conformance::forge::unb64(jwk[coordinate].as_str().unwrap());
            assert_eq!(bytes.len(), size, "{algorithm} {coordinate}");
        }
    }
}
