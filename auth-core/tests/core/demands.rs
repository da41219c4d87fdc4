//! What one vendor's tokens have to say besides: values, checks in code, a key's name.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use auth_core::jwt::{VerifierBuilder, Vocabulary};
use auth_core::{Algorithm, AuthError, Verifier};
use serde_json::{Value, json};

use crate::holder::{Holder, request, required, verifier};
use crate::issuer::{Issuer, Reply};
use crate::keys::{SECRET, mac, mac_over, secret};
use crate::world::around;
use crate::{AUDIENCE, ISSUER, NOW, code, environment, finish, good_claims, holder};

/// What becomes of the good claims with one more.
fn verdict(verifier: &Verifier, name: &str, value: &Value) -> &'static str {
    let mut claims = good_claims();
    claims[name] = value.clone();
    code(verifier, &mac(Algorithm::HS256, SECRET, &claims))
}

/// What is wrong with a verifier.
fn problems(builder: VerifierBuilder) -> Vec<String> {
    let built = builder.issuer(ISSUER).audience(AUDIENCE).build_in(&environment());
    built.unwrap_err().problems().to_vec()
}

#[test]
fn an_expected_claim_has_one_of_its_values() {
    let verifier = finish(Verifier::hmac(&secret()).expect("use", ["access", "api"]));
    for (value, expected) in [
        (json!("access"), "ok"),
        (json!("api"), "ok"),
        (json!("id"), "claim_mismatch"),
        (json!("Access"), "claim_mismatch"),
        (json!("access "), "claim_mismatch"),
        (json!(""), "claim_mismatch"),
        (json!(["access"]), "claim_mismatch"),
        (json!({"access": true}), "claim_mismatch"),
        (json!(true), "claim_mismatch"),
        (Value::Null, "claim_mismatch"),
    ] {
        assert_eq!(verdict(&verifier, "use", &value), expected, "{value}");
    }
    let missing = mac(Algorithm::HS256, SECRET, &good_claims());
    let refusal = crate::verify(&verifier, &missing).unwrap_err();
    assert_eq!(refusal, AuthError::ClaimMissing("use".into()));
}

#[test]
fn a_refusal_names_the_claim_and_not_its_value() {
    let verifier = finish(Verifier::hmac(&secret()).expect("use", ["access"]));
    let mut claims = good_claims();
    claims["use"] = json!("canary");
    let error = crate::verify(&verifier, &mac(Algorithm::HS256, SECRET, &claims)).unwrap_err();
    assert_eq!((error.code(), error.claim()), ("claim_mismatch", Some("use")));
    assert!(!format!("{error} {error:?}").contains("canary"));
}

#[test]
fn two_expectations_of_one_claim_are_both_asked() {
    let builder = Verifier::hmac(&secret()).expect("use", ["a", "b"]).expect("use", ["b", "c"]);
    let verifier = finish(builder);
    let verdicts = ["a", "b", "c"].map(|value| verdict(&verifier, "use", &json!(value)));
    assert_eq!(verdicts, ["claim_mismatch", "ok", "claim_mismatch"]);
}

#[test]
fn an_expectation_that_nobody_could_meet_does_not_build() {
    let builder = Verifier::hmac(&secret())
        .expect("use", [""; 0])
        .expect("kind", ["a", " "])
        .expect(" ", ["a"]);
    assert_eq!(
        problems(builder),
        [
            "the values expected of `use` are missing, or one is blank",
            "the values expected of `kind` are missing, or one is blank",
            "the name of an expected claim is blank",
        ]
    );
}

#[test]
fn a_check_in_code_refuses_with_its_own_error() {
    let verifier = finish(Verifier::hmac(&secret()).check(|claims| match claims.get("act") {
        None => Ok(()),
        Some(_) => Err(AuthError::UserInactive),
    }));
    assert_eq!(verdict(&verifier, "other", &json!(1)), "ok");
    assert_eq!(verdict(&verifier, "act", &json!({"sub": "admin"})), "user_inactive");
}

#[test]
fn checks_are_all_asked_until_one_refuses() {
    let builder = Verifier::hmac(&secret());
    let verifier =
        finish(builder.check(|_| Ok(())).check(|_| Err(AuthError::UserInactive)).check(|_| Ok(())));
    assert_eq!(verdict(&verifier, "other", &json!(1)), "user_inactive");
}

#[test]
fn a_check_in_code_is_asked_of_claims_that_are_good_in_every_other_way() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let verifier =
        finish(Verifier::hmac(&secret()).expect("use", ["a"]).require("sub").check(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }));
    for (name, value) in
        [("iss", json!("x")), ("exp", json!(NOW - 60)), ("sub", Value::Null), ("use", json!("b"))]
    {
        let mut claims = good_claims();
        claims["use"] = json!("a");
        claims[name] = value;
        assert_ne!(code(&verifier, &mac(Algorithm::HS256, SECRET, &claims)), "ok", "{name}");
    }
    let forged = mac(Algorithm::HS256, &SECRET.replace('0', "1"), &good_claims());
    assert_eq!(code(&verifier, &forged), "signature_invalid");
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    assert_eq!(verdict(&verifier, "use", &json!("a")), "ok");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[test]
fn a_check_in_code_is_not_asked_about_a_stolen_token() {
    let holder = Holder::new();
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let (verifier, _) = verifier(|builder| {
        builder.dpop(required()).check(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
            Ok(())
        })
    });
    let token = holder.token();
    let thief = Holder::new().proof(&token);
    let stolen = request(&format!("DPoP {token}"), &[&thief]);
    assert_eq!(holder::code(&verifier, &stolen), "proof_mismatch");
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    assert_eq!(holder::code_of(&verifier, &token, &holder.proof(&token)), "ok");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[test]
fn a_check_in_code_reads_the_vendors_words() {
    let groups = Vocabulary::new().roles(["groups"]);
    let builder = Verifier::hmac(&secret()).vocabulary(groups);
    let verifier = finish(builder.check(|claims| {
        if claims.has_role("staff") { Ok(()) } else { Err(AuthError::UserInactive) }
    }));
    assert_eq!(verdict(&verifier, "groups", &json!(["staff"])), "ok");
    assert_eq!(verdict(&verifier, "roles", &json!(["staff"])), "user_inactive");
}

#[test]
fn a_token_that_does_not_name_its_key_is_refused_where_all_do() {
    let verifier = finish(Verifier::hmac(&secret()).require_key_id());
    let with =
        |header: Value| code(&verifier, &mac_over(&header.to_string(), &good_claims().to_string()));
    assert_eq!(with(json!({"alg": "HS256"})), "header_malformed");
    assert_eq!(with(json!({"alg": "HS256", "kid": ""})), "key_id_malformed");
    assert_eq!(with(json!({"alg": "HS256", "kid": 1})), "header_malformed");
    let named = with(json!({"alg": "HS256", "kid": "any"}));
    assert!(!["header_malformed", "key_id_malformed"].contains(&named), "{named}");
}

#[tokio::test]
async fn a_token_that_does_not_name_its_key_costs_no_request() {
    let issuer = Issuer::new(Reply::keys([]));
    let clock = Arc::new(auth_core::clock::ManualClock::at(std::time::Duration::from_secs(NOW)));
    let verifier = Verifier::remote("https://issuer.example/keys")
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .require_key_id()
        .build_in(&around(&issuer, &clock))
        .unwrap();
    let token = mac_over(r#"{"alg":"RS256"}"#, &good_claims().to_string());
    assert_eq!(code(&verifier, &token), "header_malformed");
    assert_eq!(issuer.count(), 0);
}

#[test]
fn it_prints_how_many_checks_there_are() {
    let builder = Verifier::hmac(&secret()).check(|_| Ok(())).expect("use", ["a"]);
    let text = format!("{builder:?}");
    assert!(text.contains("checks: 1") && text.contains("\"use\""), "{text}");
}
