//! The forge's good tokens are good: another implementation verifies every one of them.

use auth_conformance::forge::{Draft, KeyRing};
use auth_core::Algorithm;
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
