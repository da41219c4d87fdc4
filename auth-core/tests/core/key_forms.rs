//! Every algorithm with a public key, through every form in which a key can be given: a token that
//! the key signed is accepted, and a stranger's is not.

use auth_core::jwt::VerifierBuilder;
use auth_core::{Algorithm, Verifier};
use serde_json::json;

use crate::issuer::{Issuer, Reply};
use crate::keys::{ASYMMETRIC, BY_HAND};
use crate::minted::{ID, Signed, pem_text};
use crate::world::{KEYS_URL, verify};
use crate::{AUDIENCE, ISSUER, code, environment, finish};

/// The algorithms with public keys.
fn algorithms() -> impl Iterator<Item = Algorithm> {
    ASYMMETRIC.into_iter().chain(BY_HAND)
}

/// The key in each form that can be given by hand.
fn forms(key: &Signed) -> Vec<(&'static str, VerifierBuilder)> {
    let certificate = key.certificate();
    let certificate_pem = pem_text("CERTIFICATE", &certificate);
    let mut forms = vec![
        ("PEM", Verifier::pem(pem_text("PUBLIC KEY", &key.spki))),
        ("DER", Verifier::der(key.spki.clone())),
        ("certificate as PEM", Verifier::pem(certificate_pem.clone())),
        ("certificate as DER", Verifier::der(certificate)),
        ("certificates", Verifier::certificates([(ID, certificate_pem.clone())])),
        ("certificate map", Verifier::certificate_map(json!({ID: certificate_pem}).to_string())),
        ("key set", Verifier::jwks(json!({"keys": [key.jwk()]}).to_string())),
    ];
    if matches!(key.algorithm.name().as_bytes(), [b'R' | b'P', ..]) {
        let old = pem_text("RSA PUBLIC KEY", &key.rsa_public_key());
        forms.push(("PEM as PKCS #1", Verifier::pem(old)));
    }
    forms
}

#[test]
fn every_algorithm_is_verified_through_every_form_of_key() {
    let mut count = 0;
    for algorithm in algorithms() {
        let (key, stranger) = (Signed::new(algorithm), Signed::by_a_stranger(algorithm));
        for (form, builder) in forms(&key) {
            let verifier = finish(builder.algorithms([algorithm]));
            assert_eq!(verifier.algorithms(), [algorithm], "{algorithm} {form}");
            assert_eq!(code(&verifier, &key.token), "ok", "{algorithm} {form}");
            assert_eq!(code(&verifier, &stranger.token), "signature_invalid", "{algorithm} {form}");
            count += 1;
        }
    }
    assert_eq!(count, 12 * 7 + 6);
}

#[tokio::test]
async fn every_algorithm_is_verified_through_both_published_forms() {
    for algorithm in algorithms() {
        let (key, stranger) = (Signed::new(algorithm), Signed::by_a_stranger(algorithm));
        let map = json!({ID: pem_text("CERTIFICATE", &key.certificate())}).to_string();
        for (reply, builder) in [
            (Reply::keys([key.jwk()]), Verifier::remote(KEYS_URL)),
            (Reply::new(200, map), Verifier::remote_certificates(KEYS_URL)),
        ] {
            let environment = environment().with_http(Issuer::new(reply));
            let builder = builder.algorithms([algorithm]).issuer(ISSUER).audience(AUDIENCE);
            let verifier = builder.build_in(&environment).unwrap();
            assert_eq!(verify(&verifier, &key.token).await, "ok", "{algorithm}");
            assert_eq!(
                verify(&verifier, &stranger.token).await,
                "signature_invalid",
                "{algorithm}"
            );
        }
    }
}

#[test]
fn a_key_is_used_with_the_plain_algorithm_of_its_kind_unless_told_otherwise() {
    for (algorithm, plain) in [
        (Algorithm::PS512, Algorithm::RS256),
        (Algorithm::ES256, Algorithm::ES256),
        (Algorithm::ES384, Algorithm::ES384),
        (Algorithm::ES512, Algorithm::ES512),
        (Algorithm::Ed25519, Algorithm::EdDSA),
    ] {
        for (form, builder) in forms(&Signed::new(algorithm)) {
            assert_eq!(finish(builder).algorithms(), [plain], "{algorithm} {form}");
        }
    }
}

#[test]
fn kinds_of_keys_mix_freely_and_each_serves_its_own_algorithms() {
    let mixed =
        [Algorithm::RS256, Algorithm::PS384, Algorithm::ES256, Algorithm::ES256K, Algorithm::EdDSA];
    let keys = mixed.map(Signed::new);
    // RSA keys are one and the same here, so one block serves both of their algorithms.
    let blocks = keys[1..].iter().map(|key| pem_text("PUBLIC KEY", &key.spki));
    let verifier = finish(Verifier::pem(blocks.collect::<String>()).algorithms(mixed));
    assert_eq!(verifier.algorithms(), mixed);
    for key in keys {
        assert_eq!(code(&verifier, &key.token), "ok", "{}", key.algorithm);
    }
    let other = Signed::new(Algorithm::ES384);
    assert_eq!(code(&verifier, &other.token), "algorithm_not_allowed");
}

#[test]
fn ed25519_goes_by_either_name_and_by_no_other_than_the_one_agreed_on() {
    for (agreed, other) in
        [(Algorithm::EdDSA, Algorithm::Ed25519), (Algorithm::Ed25519, Algorithm::EdDSA)]
    {
        let key = Signed::new(agreed);
        let verifier = finish(Verifier::der(key.spki.clone()).algorithms([agreed]));
        assert_eq!(code(&verifier, &key.token), "ok");
        assert_eq!(code(&verifier, &Signed::new(other).token), "algorithm_not_allowed");
    }
}
