//! A verifier in the making: every mistake in one error, and what each `danger_` call gives up.

use std::time::Duration;

use auth_core::config::HmacSecret;
use auth_core::jwt::{TokenType, VerifierBuilder, VerifierError};
use auth_core::{Algorithm, Verifier};
use serde_json::{Value, json};

use crate::keys::{Pair, SECRET, mac, secret};
use crate::{AUDIENCE, ISSUER, code, environment, good_claims};

/// RSA with 1024 bits: half of what is safe.
const WEAK_RSA: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDEohkpUbuWr/t+YTh8NJfZVuSl
2RutZwjCpXBfyDqGX5e74m3TSb4We8yOXgq8/BXmrEtYshCRO9oSbegv2BO9cCjM
ioznrr/e78/7LeV9KmSJu1XIWcDEhqePF//EXdC3PqboQ8ygxnZccvJerKLoYdM/
NodDhjylBWrfAAAJAQIDAQAB
-----END PUBLIC KEY-----";

/// What is wrong with a verifier that expects a good issuer and audience.
pub(crate) fn problems(builder: VerifierBuilder) -> Vec<String> {
    error(builder.issuer(ISSUER).audience(AUDIENCE)).problems().to_vec()
}

fn error(builder: VerifierBuilder) -> VerifierError {
    builder.build_in(&environment()).unwrap_err()
}

/// The good claims without one of them, or with another value.
fn changed(name: &str, value: Option<Value>) -> String {
    let mut claims = good_claims();
    let members = claims.as_object_mut().unwrap();
    members.remove(name);
    members.extend(value.map(|value| (name.to_owned(), value)));
    mac(Algorithm::HS256, SECRET, &claims)
}

#[test]
fn reports_every_mistake_at_once() {
    let builder = Verifier::hmac(&secret())
        .algorithms([])
        .leeway(Duration::from_secs(301))
        .token_types([])
        .authorized_party(" ")
        .require("");
    let error = error(builder);
    assert_eq!(
        error.problems(),
        [
            "the list of algorithms is empty: no token could pass",
            "the leeway has to be at most 300 s",
            "the list of token types is empty: no token could pass",
            "no issuer is expected: call `.issuer(..)`, or `.danger_accept_any_issuer()` to give \
             up the check",
            "no audience is expected: call `.audience(..)`, or `.danger_accept_any_audience()` to \
             give up the check",
            "the expected authorized_party is blank",
            "the name of a required claim is blank",
        ]
    );
    assert_eq!(error.to_string(), error.problems().join("; "));
}

#[test]
fn refuses_blank_issuers_and_audiences_also_beside_good_ones() {
    let builder = Verifier::hmac(&secret()).issuer(ISSUER).issuer(" ").audience("");
    assert_eq!(
        error(builder).problems(),
        ["the expected issuer is blank", "the expected audience is blank"]
    );
}

#[test]
fn takes_a_leeway_of_five_minutes() {
    let builder = Verifier::hmac(&secret()).issuer(ISSUER).audience(AUDIENCE);
    let verifier = builder.leeway(Duration::from_mins(5)).build_in(&environment()).unwrap();
    assert_eq!(verifier.leeway(), Duration::from_mins(5));
    assert_eq!(
        problems(Verifier::hmac(&secret()).leeway(Duration::MAX)),
        ["the leeway has to be at most 300 s"]
    );
}

#[test]
fn refuses_secrets_and_public_keys_in_one_list() {
    let mixed = [Algorithm::RS256, Algorithm::HS256];
    let needs_a_secret =
        "the algorithm HS256 needs a shared secret, and the keys are public: remove it";
    let needs_public_keys =
        "the algorithm RS256 needs public keys, and the key is a shared secret: remove it";
    let remote = Verifier::remote("https://issuer.example/keys").algorithms(mixed);
    assert_eq!(problems(remote), [needs_a_secret]);
    let pem = Verifier::pem(Pair::ours(Algorithm::RS256).pem()).algorithms(mixed);
    assert_eq!(problems(pem), [needs_a_secret]);
    assert_eq!(problems(Verifier::hmac(&secret()).algorithms(mixed)), [needs_public_keys]);
}

#[test]
fn refuses_a_list_that_the_public_key_does_not_fit() {
    let p256 = Pair::ours(Algorithm::ES256);
    for misfit in [Algorithm::ES384, Algorithm::RS256, Algorithm::EdDSA, Algorithm::ES256K] {
        let both = [Algorithm::ES256, misfit];
        assert_eq!(
            problems(Verifier::pem(p256.pem()).algorithms(both)),
            [format!("no key serves the algorithm {misfit}: give one that does, or remove it")]
        );
    }
}

#[test]
fn refuses_a_weak_rsa_key() {
    let weak = ["the RSA key has to have 2048 to 8192 bits"];
    assert_eq!(problems(Verifier::pem(WEAK_RSA)), weak);
    assert_eq!(problems(Verifier::pem(WEAK_RSA).algorithms([Algorithm::PS256])), weak);
}

#[test]
fn refuses_a_key_that_anybody_can_sign_for() {
    let mut spki = pem::parse(Pair::ours(Algorithm::EdDSA).pem()).unwrap().into_contents();
    let point = spki.len() - 32;
    spki[point..].fill(0);
    let weak = pem::encode(&pem::Pem::new("PUBLIC KEY", spki));
    assert_eq!(
        problems(Verifier::pem(weak)),
        ["the Ed25519 key is a point of small order: anybody can sign for it"]
    );
}

#[test]
fn asks_for_secrets_as_long_as_the_hash() {
    for (algorithm, needed) in
        [(Algorithm::HS256, 32), (Algorithm::HS384, 48), (Algorithm::HS512, 64)]
    {
        let enough = HmacSecret::parse(&SECRET[..needed]).unwrap();
        let builder = Verifier::hmac(&enough).algorithms([algorithm]);
        assert!(builder.issuer(ISSUER).audience(AUDIENCE).build_in(&environment()).is_ok());
        if needed > HmacSecret::MIN_BYTES {
            let short = HmacSecret::parse(&SECRET[..needed - 1]).unwrap();
            assert_eq!(
                problems(Verifier::hmac(&short).algorithms([algorithm])),
                [format!("{algorithm} needs a secret of at least {needed} bytes")]
            );
        }
    }
}

#[test]
fn an_issuer_is_optional_only_if_somebody_says_so() {
    let builder = || Verifier::hmac(&secret()).audience(AUDIENCE);
    let build = |builder: VerifierBuilder| builder.build_in(&environment()).unwrap();
    let any = build(builder().danger_accept_any_issuer());
    let none = build(builder().danger_optional_issuer(&None));
    for verifier in [any, none] {
        assert!(verifier.issuers().is_empty());
        assert_eq!(code(&verifier, &changed("iss", Some(json!("https://evil.example/")))), "ok");
        assert_eq!(code(&verifier, &changed("iss", None)), "ok");
        assert_eq!(code(&verifier, &changed("iss", Some(json!(7)))), "claim_malformed");
    }
    let some = build(builder().danger_optional_issuer(&Some(ISSUER.to_owned())));
    let evil = changed("iss", Some(json!("https://evil.example/")));
    assert_eq!(code(&some, &evil), "issuer_mismatch");
}

#[test]
fn an_audience_is_optional_only_if_somebody_says_so() {
    let builder = || Verifier::hmac(&secret()).issuer(ISSUER);
    let build = |builder: VerifierBuilder| builder.build_in(&environment()).unwrap();
    let any = build(builder().danger_accept_any_audience());
    let none = build(builder().danger_optional_audience(&None));
    for verifier in [any, none] {
        assert!(verifier.audiences().is_empty());
        assert_eq!(code(&verifier, &changed("aud", Some(json!(["other"])))), "ok");
        assert_eq!(code(&verifier, &changed("aud", None)), "ok");
        assert_eq!(code(&verifier, &changed("aud", Some(json!([7])))), "claim_malformed");
    }
    let some = build(builder().danger_optional_audience(&Some(AUDIENCE.to_owned())));
    assert_eq!(code(&some, &changed("aud", Some(json!("other")))), "audience_mismatch");
}

#[test]
fn naming_an_issuer_after_giving_up_the_check_takes_it_up_again() {
    let builder = Verifier::hmac(&secret()).danger_accept_any_issuer().issuer(ISSUER);
    let builder = builder.danger_accept_any_audience().audience(AUDIENCE);
    let verifier = builder.build_in(&environment()).unwrap();
    assert_eq!(code(&verifier, &changed("iss", Some(json!("other")))), "issuer_mismatch");
    assert_eq!(code(&verifier, &changed("aud", Some(json!("other")))), "audience_mismatch");
}

#[test]
fn the_token_types_replace_the_usual_ones() {
    let builder = Verifier::hmac(&secret()).token_types([TokenType::Other("logout+jwt".into())]);
    assert_eq!(code(&crate::finish(builder), &changed("jti", None)), "type_not_allowed");
}
