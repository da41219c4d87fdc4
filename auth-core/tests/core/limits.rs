//! Limits that an application adds to what a token says of itself: how old it may be, how long it
//! may live, and the profile of RFC 9068.

use std::time::Duration;

use auth_core::{Algorithm, Verifier};
use serde_json::{Value, json};

use crate::builder::problems;
use crate::keys::{SECRET, mac, mac_over, secret};
use crate::{NOW, code, finish, good_claims};

const HOUR: Duration = Duration::from_hours(1);

/// What becomes of a good token with these members instead; null removes one.
fn verdict(verifier: &Verifier, changes: &Value) -> &'static str {
    let mut claims = good_claims();
    let members = claims.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
    code(verifier, &mac(Algorithm::HS256, SECRET, &claims))
}

#[test]
fn a_token_ages_from_its_iat_and_the_leeway_is_added_once() {
    let leeway = Duration::from_secs(5);
    let verifier = finish(Verifier::hmac(&secret()).leeway(leeway).max_age(HOUR));
    for (issued, expected) in [
        (json!(NOW), "ok"),
        (json!(NOW - 3604), "ok"),
        (json!(NOW - 3605), "too_old"),
        (json!(NOW - 86_400), "too_old"),
        (json!(0), "too_old"),
        (json!(NOW + 6), "issued_in_the_future"),
        (json!("1900000000"), "claim_malformed"),
        (Value::Null, "claim_missing"),
    ] {
        assert_eq!(verdict(&verifier, &json!({"iat": issued})), expected, "{issued}");
    }
}

#[test]
fn a_lifetime_is_counted_from_iat_to_exp_without_leeway() {
    let verifier = finish(Verifier::hmac(&secret()).max_lifetime(HOUR));
    for (issued, expires, expected) in [
        (json!(NOW - 60), json!(NOW + 3540), "ok"),
        (json!(NOW - 60), json!(NOW + 3541), "lifetime_too_long"),
        (json!(NOW - 60), json!(253_402_300_799_u64), "lifetime_too_long"),
        (json!(0), json!(NOW + 60), "lifetime_too_long"),
        (Value::Null, json!(NOW + 60), "claim_missing"),
    ] {
        let changes = json!({"iat": issued, "exp": expires});
        assert_eq!(verdict(&verifier, &changes), expected, "{changes}");
    }
}

#[test]
fn without_limits_iat_may_be_absent() {
    let verifier = finish(Verifier::hmac(&secret()));
    assert_eq!(verdict(&verifier, &json!({"iat": null})), "ok");
    assert_eq!(verdict(&verifier, &json!({"iat": 0})), "ok");
}

#[test]
fn limits_of_zero_are_mistakes_and_all_are_told() {
    let zero = Duration::ZERO;
    let builder = Verifier::hmac(&secret()).max_age(zero).max_lifetime(zero).leeway(HOUR);
    assert_eq!(
        problems(builder),
        [
            "the leeway has to be at most 300 s",
            "the maximum age is zero: no token could pass",
            "the maximum lifetime is zero: no token could pass",
        ]
    );
}

#[test]
fn the_access_token_profile_wants_its_type_and_all_its_claims() {
    let verifier = finish(Verifier::hmac(&secret()).access_token_profile());
    let mut claims = good_claims();
    for (name, value) in [
        ("sub", json!("user-1")),
        ("client_id", json!("app-1")),
        ("iat", json!(NOW - 60)),
        ("jti", json!("token-1")),
    ] {
        claims[name] = value;
    }
    let of_type = |token_type: &str, claims: &Value| {
        let header = json!({"alg": "HS256", "typ": token_type}).to_string();
        code(&verifier, &mac_over(&header, &claims.to_string()))
    };
    for (token_type, expected) in [
        ("at+jwt", "ok"),
        ("application/at+jwt", "ok"),
        ("AT+JWT", "ok"),
        ("JWT", "type_not_allowed"),
        ("id_token", "type_not_allowed"),
    ] {
        assert_eq!(of_type(token_type, &claims), expected, "{token_type}");
    }
    assert_eq!(
        code(&verifier, &mac_over(r#"{"alg":"HS256"}"#, &claims.to_string())),
        "type_not_allowed"
    );
    for name in ["sub", "client_id", "iat", "jti", "iss", "aud", "exp"] {
        let mut without = claims.clone();
        without.as_object_mut().unwrap().remove(name);
        assert_eq!(of_type("at+jwt", &without), "claim_missing", "{name}");
    }
}
