//! Signatures: tokens that another library signed are accepted under every algorithm, and under
//! no other key, algorithm or spelling.

use auth_core::jwt::KeySource;
use auth_core::{Algorithm, Claims, HmacSecret, Verifier};
use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Value, json};

use crate::keys::{
    ASYMMETRIC, BY_HAND, Pair, SECRET, SYMMETRIC, b64, by_hand, mac, mac_over, secret, theirs,
    unb64,
};
use crate::{code, finish, good_claims, verify};

/// All claims, as they were read.
fn read(claims: &Claims) -> Value {
    claims.parse_as().unwrap()
}

/// A verifier with a public key, for one algorithm.
fn with_pem(algorithm: Algorithm, pem: &str) -> Verifier {
    finish(Verifier::pem(pem).algorithms([algorithm]))
}

#[test]
fn accepts_what_another_library_signed_with_every_asymmetric_algorithm() {
    for algorithm in ASYMMETRIC {
        let pair = Pair::ours(algorithm);
        let verifier = with_pem(algorithm, pair.pem());
        let claims = verify(&verifier, &pair.sign(algorithm, None, &good_claims()));
        assert_eq!(claims.as_ref().map(read), Ok(good_claims()), "{algorithm}");
    }
}

#[test]
fn accepts_what_another_library_signed_with_every_shared_secret() {
    for algorithm in SYMMETRIC {
        let verifier = finish(Verifier::hmac(&secret()).algorithms([algorithm]));
        let claims = verify(&verifier, &mac(algorithm, SECRET, &good_claims()));
        assert_eq!(claims.as_ref().map(read), Ok(good_claims()), "{algorithm}");
    }
}

#[test]
fn accepts_the_algorithms_that_the_other_library_lacks() {
    for algorithm in BY_HAND {
        let (pem, token) = by_hand(algorithm, &good_claims());
        let claims = verify(&with_pem(algorithm, &pem), &token);
        assert_eq!(claims.as_ref().map(read), Ok(good_claims()), "{algorithm}");
    }
}

#[test]
fn rejects_a_token_signed_with_another_key() {
    for algorithm in ASYMMETRIC {
        let verifier = with_pem(algorithm, Pair::ours(algorithm).pem());
        let token = Pair::stranger(algorithm).sign(algorithm, None, &good_claims());
        assert_eq!(code(&verifier, &token), "signature_invalid", "{algorithm}");
    }
    for algorithm in BY_HAND {
        let verifier = with_pem(algorithm, &by_hand(algorithm, &good_claims()).0);
        let (_, token) = by_hand(algorithm, &good_claims());
        assert_eq!(code(&verifier, &token), "signature_invalid", "{algorithm}");
    }
    for algorithm in SYMMETRIC {
        let verifier = finish(Verifier::hmac(&secret()).algorithms([algorithm]));
        let token = mac(algorithm, &SECRET.to_uppercase(), &good_claims());
        assert_eq!(code(&verifier, &token), "signature_invalid", "{algorithm}");
    }
}

#[test]
fn rejects_a_token_with_a_changed_header_payload_or_signature() {
    let verifier = finish(Verifier::hmac(&secret()));
    let token = mac(Algorithm::HS256, SECRET, &good_claims());
    let [header, payload, signature]: [&str; 3] =
        token.split('.').collect::<Vec<_>>().try_into().unwrap();
    let other_header = b64(r#"{"alg":"HS256"}"#);
    let other_payload = b64(good_claims().to_string().replace("user-1", "user-2"));
    for changed in [
        format!("{other_header}.{payload}.{signature}"),
        format!("{header}.{other_payload}.{signature}"),
        format!("{header}.{payload}.{}", b64([0; 32])),
        format!("{header}.{payload}.{}", &signature[..40]),
    ] {
        assert_ne!(changed, token);
        assert_eq!(code(&verifier, &changed), "signature_invalid");
    }
    assert_eq!(code(&verifier, &token), "ok");
}

#[test]
fn rejects_an_ecdsa_signature_in_another_length() {
    let pair = Pair::ours(Algorithm::ES256);
    let verifier = with_pem(Algorithm::ES256, pair.pem());
    let token = pair.sign(Algorithm::ES256, None, &good_claims());
    let (input, signature) = token.rsplit_once('.').unwrap();
    let signature = unb64(signature);
    let (r, s) = signature.split_at(32);
    let padded = [&[0], r, &[0], s].concat();
    assert_eq!(code(&verifier, &format!("{input}.{}", b64(padded))), "signature_invalid");
    assert_eq!(code(&verifier, &format!("{input}.{}", b64(r))), "signature_invalid");
}

#[test]
fn rejects_every_algorithm_that_is_not_in_the_list() {
    for allowed in ASYMMETRIC {
        let verifier = with_pem(allowed, Pair::ours(allowed).pem());
        let others = ASYMMETRIC.into_iter().filter(|other| *other != allowed);
        for other in others {
            let token = Pair::ours(other).sign(other, None, &good_claims());
            assert_eq!(code(&verifier, &token), "algorithm_not_allowed", "{other} for {allowed}");
        }
        let token = mac(Algorithm::HS256, Pair::ours(allowed).pem(), &good_claims());
        assert_eq!(code(&verifier, &token), "algorithm_not_allowed");
    }
}

#[test]
fn one_key_may_serve_several_algorithms_of_its_kind() {
    let pair = Pair::ours(Algorithm::RS256);
    let verifier = finish(Verifier::pem(pair.pem()).algorithms([
        Algorithm::PS512,
        Algorithm::RS256,
        Algorithm::RS256,
    ]));
    assert_eq!(verifier.algorithms(), [Algorithm::RS256, Algorithm::PS512]);
    for (algorithm, expected) in [
        (Algorithm::RS256, "ok"),
        (Algorithm::PS512, "ok"),
        (Algorithm::PS256, "algorithm_not_allowed"),
    ] {
        assert_eq!(code(&verifier, &pair.sign(algorithm, None, &good_claims())), expected);
    }
}

#[test]
fn a_public_key_says_which_algorithm_it_is_for() {
    for algorithm in [Algorithm::RS256, Algorithm::ES256, Algorithm::ES384, Algorithm::EdDSA] {
        let verifier = finish(Verifier::pem(Pair::ours(algorithm).pem()));
        assert_eq!(verifier.algorithms(), [algorithm]);
    }
    let (pem, _) = by_hand(Algorithm::ES512, &good_claims());
    assert_eq!(finish(Verifier::pem(pem)).algorithms(), [Algorithm::ES512]);
}

#[test]
fn none_cannot_be_written_down_and_is_refused_in_any_case() {
    let verifier = finish(Verifier::hmac(&secret()));
    for name in ["none", "None", "NONE", "nOnE", "", "hs256", "HS256 "] {
        assert_eq!(Algorithm::from_name(name), None);
        let header = json!({"alg": name, "typ": "JWT"}).to_string();
        let token = mac_over(&header, &good_claims().to_string());
        assert_eq!(code(&verifier, &token), "algorithm_not_allowed", "{name:?}");
    }
    let token = mac_over(r#"{"typ":"JWT"}"#, &good_claims().to_string());
    assert_eq!(code(&verifier, &token), "algorithm_not_allowed");
}

#[test]
fn an_unsigned_token_is_no_token() {
    let verifier = finish(Verifier::hmac(&secret()));
    let unsigned = format!("{}.{}.", b64(r#"{"alg":"none"}"#), b64(good_claims().to_string()));
    assert_eq!(code(&verifier, &unsigned), "token_malformed");
}

#[test]
fn a_token_of_sixteen_kibibytes_is_read_and_a_longer_one_is_not() {
    let verifier = finish(Verifier::hmac(&secret()));
    let padded = |padding| {
        let mut claims = good_claims();
        claims["padding"] = json!("x".repeat(padding));
        mac(Algorithm::HS256, SECRET, &claims)
    };
    let full = (12_000..12_300).map(padded).find(|token| token.len() >= 16 * 1024).unwrap();
    assert_eq!((full.len(), code(&verifier, &full)), (16 * 1024, "ok"));
    assert_eq!(code(&verifier, &format!("{full}x")), "token_too_large");
}

#[test]
fn a_key_that_the_token_brings_along_is_not_read() {
    let pair = Pair::ours(Algorithm::ES256);
    let stranger = Pair::stranger(Algorithm::ES256);
    let mut header = Header::new(theirs(Algorithm::ES256));
    let jwk = stranger.jwk(Algorithm::ES256, "current");
    header.jwk = Some(serde_json::from_value(jwk).unwrap());
    header.jku = Some("https://evil.example/keys".to_owned());
    let token = stranger.sign_under(&header, &good_claims());
    assert_eq!(code(&with_pem(Algorithm::ES256, pair.pem()), &token), "signature_invalid");
}

#[test]
fn a_local_key_is_found_whatever_the_token_calls_it() {
    let pair = Pair::ours(Algorithm::EdDSA);
    let verifier = with_pem(Algorithm::EdDSA, pair.pem());
    let token = pair.sign(Algorithm::EdDSA, Some("any"), &good_claims());
    assert_eq!(code(&verifier, &token), "ok");
}

#[test]
fn a_secret_is_its_bytes_not_its_base64() {
    let text = &SECRET[..32];
    let verifier = finish(Verifier::hmac(&HmacSecret::parse(text).unwrap()));
    let key = EncodingKey::from_base64_secret(text).unwrap();
    let header = Header::new(jsonwebtoken::Algorithm::HS256);
    let token = jsonwebtoken::encode(&header, &good_claims(), &key).unwrap();
    assert_eq!(code(&verifier, &token), "signature_invalid");
}

#[test]
fn tells_what_it_expects() {
    let verifier = finish(Verifier::hmac(&secret()));
    assert_eq!(verifier.key_source(), KeySource::SharedSecret);
    assert_eq!(verifier.algorithms(), [Algorithm::HS256]);
    assert_eq!(verifier.issuers(), [crate::ISSUER]);
    assert_eq!(verifier.audiences(), [crate::AUDIENCE]);
    assert_eq!(verifier.leeway().as_secs(), 5);
    let pem = with_pem(Algorithm::EdDSA, Pair::ours(Algorithm::EdDSA).pem());
    assert_eq!(pem.key_source(), KeySource::PublicKey);
}
