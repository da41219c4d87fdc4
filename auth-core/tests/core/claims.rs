//! What is asked of claims and header once the signature is right: who issued the token, for whom,
//! when, of which type, and what else has to be there.

use std::time::Duration;

use auth_core::jwt::TokenType;
use auth_core::{Algorithm, AuthError, Claims, Principal as _, Verifier};
use serde_json::{Value, json};

use crate::keys::{SECRET, mac, mac_over, secret};
use crate::{AUDIENCE, ISSUER, NOW, code, finish, good_claims, verify};

/// The good claims with some of them replaced; null removes one.
fn claims(changes: &Value) -> Value {
    let mut claims = good_claims();
    let members = claims.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(members.remove(name)),
            value => drop(members.insert(name.clone(), value.clone())),
        }
    }
    claims
}

/// What becomes of a token with such claims.
fn verdict(verifier: &Verifier, changes: &Value) -> &'static str {
    code(verifier, &mac(Algorithm::HS256, SECRET, &claims(changes)))
}

/// What becomes of a good token whose header has this `typ`.
fn verdict_on_type(verifier: &Verifier, token_type: Option<&str>) -> &'static str {
    let mut header = json!({"alg": "HS256"});
    if let Some(token_type) = token_type {
        header["typ"] = json!(token_type);
    }
    code(verifier, &mac_over(&header.to_string(), &good_claims().to_string()))
}

#[test]
fn the_issuer_is_compared_byte_for_byte() {
    let verifier = finish(Verifier::hmac(&secret()).issuer("https://second.example"));
    for (issuer, expected) in [
        (json!(ISSUER), "ok"),
        (json!("https://second.example"), "ok"),
        (json!("https://second.example/"), "issuer_mismatch"),
        (json!("https://issuer.example"), "issuer_mismatch"),
        (json!("https://ISSUER.example/"), "issuer_mismatch"),
        (json!("https://issuer.example/ "), "issuer_mismatch"),
        (json!(""), "issuer_mismatch"),
        (json!([ISSUER]), "claim_malformed"),
        (Value::Null, "claim_missing"),
    ] {
        assert_eq!(verdict(&verifier, &json!({"iss": issuer})), expected, "{issuer}");
    }
}

#[test]
fn one_audience_of_ours_is_enough() {
    let verifier = finish(Verifier::hmac(&secret()).audience("second"));
    for (audience, expected) in [
        (json!([AUDIENCE, "other"]), "ok"),
        (json!("second"), "ok"),
        (json!([]), "audience_mismatch"),
        (json!("other"), "audience_mismatch"),
        (json!("https://api.example second"), "audience_mismatch"),
        (json!(["second", 7]), "claim_malformed"),
        (json!({"second": true}), "claim_malformed"),
        (Value::Null, "claim_missing"),
    ] {
        assert_eq!(verdict(&verifier, &json!({"aud": audience})), expected, "{audience}");
    }
}

#[test]
fn a_token_expires_at_its_very_second_and_the_leeway_is_added_once() {
    for leeway in [0, 5, 300] {
        let verifier = finish(Verifier::hmac(&secret()).leeway(Duration::from_secs(leeway)));
        for (expires, expected) in [
            (json!(NOW - leeway - 1), "expired"),
            (json!(NOW - leeway), "expired"),
            (json!(NOW - leeway + 1), "ok"),
            (json!(0), "expired"),
            (json!(253_402_300_799_u64), "ok"),
            (json!(253_402_300_800_u64), "claim_malformed"),
            (json!("1900000000"), "claim_malformed"),
            (Value::Null, "claim_missing"),
        ] {
            assert_eq!(verdict(&verifier, &json!({"exp": expires})), expected, "{expires}");
        }
    }
}

#[test]
fn times_ahead_are_refused_beyond_the_leeway() {
    let verifier = finish(Verifier::hmac(&secret()));
    for (claim, early) in [("nbf", "not_yet_valid"), ("iat", "issued_in_the_future")] {
        for (time, expected) in [
            (json!(NOW + 5), "ok"),
            (json!(NOW + 6), early),
            (json!(0), "ok"),
            (json!(-1), "claim_malformed"),
            (json!(true), "claim_malformed"),
            (Value::Null, "ok"),
        ] {
            assert_eq!(verdict(&verifier, &json!({claim: time})), expected, "{claim} {time}");
        }
    }
}

#[test]
fn names_that_the_json_library_keeps_for_itself_are_refused() {
    let verifier = finish(Verifier::hmac(&secret()));
    for name in ["$serde_json::private::Number", "$serde_json::private::RawValue"] {
        let changes = json!({"more": {name: "5"}});
        assert_eq!(verdict(&verifier, &changes), "claims_malformed", "{name}");
    }
}

#[test]
fn as_many_members_and_elements_are_read_as_anybody_needs_and_no_more() {
    let verifier = finish(Verifier::hmac(&secret()));
    // With the five good claims and the list itself.
    for (elements, expected) in [(4096 - 6, "ok"), (4096 - 5, "claims_malformed")] {
        let changes = json!({"list": vec![0; elements]});
        assert_eq!(verdict(&verifier, &changes), expected, "{elements}");
    }
}

#[test]
fn a_null_is_no_absence() {
    let verifier = finish(Verifier::hmac(&secret()).require("role"));
    for (claim, expected) in [
        ("iss", "claim_malformed"),
        ("aud", "claim_malformed"),
        ("sub", "claim_malformed"),
        ("exp", "claim_malformed"),
        ("nbf", "claim_malformed"),
        ("azp", "claim_malformed"),
        ("role", "claim_missing"),
    ] {
        let mut claims = claims(&json!({"role": "admin"}));
        claims[claim] = Value::Null;
        assert_eq!(code(&verifier, &mac(Algorithm::HS256, SECRET, &claims)), expected, "{claim}");
    }
}

#[test]
fn the_authorized_party_has_to_be_there_once_it_is_asked_for() {
    let open = finish(Verifier::hmac(&secret()));
    assert_eq!(verdict(&open, &json!({"azp": "anybody"})), "ok");
    let verifier = finish(Verifier::hmac(&secret()).authorized_party("a").authorized_party("b"));
    for (party, expected) in [
        (json!("a"), "ok"),
        (json!("b"), "ok"),
        (json!("c"), "authorized_party_mismatch"),
        (json!("A"), "authorized_party_mismatch"),
        (json!(["a"]), "claim_malformed"),
        (Value::Null, "claim_missing"),
    ] {
        assert_eq!(verdict(&verifier, &json!({"azp": party})), expected, "{party}");
    }
}

#[test]
fn a_required_claim_has_to_be_there_whatever_it_is() {
    let verifier = finish(Verifier::hmac(&secret()).require("sub").require("tenant"));
    assert_eq!(verdict(&verifier, &json!({"tenant": 0})), "ok");
    let missing = mac(Algorithm::HS256, SECRET, &good_claims());
    assert_eq!(verify(&verifier, &missing), Err(AuthError::ClaimMissing("tenant".into())));
    assert_eq!(verdict(&verifier, &json!({"tenant": 0, "sub": null})), "claim_missing");
}

#[test]
fn the_usual_token_types_are_jwt_access_token_and_none() {
    let verifier = finish(Verifier::hmac(&secret()));
    for good in ["JWT", "jwt", "application/jwt", "at+jwt", "AT+JWT", "application/at+jwt"] {
        assert_eq!(verdict_on_type(&verifier, Some(good)), "ok", "{good}");
    }
    assert_eq!(verdict_on_type(&verifier, None), "ok");
    for bad in ["", "JWE", "id+jwt", "logout+jwt", "dpop+jwt", "text/jwt", "JWT "] {
        assert_eq!(verdict_on_type(&verifier, Some(bad)), "type_not_allowed", "{bad}");
    }
}

#[test]
fn a_verifier_of_one_token_type_takes_no_other() {
    let verifier = finish(Verifier::hmac(&secret()).token_types([TokenType::AccessToken]));
    assert_eq!(verifier.token_types(), [TokenType::AccessToken]);
    assert_eq!(verdict_on_type(&verifier, Some("at+jwt")), "ok");
    assert_eq!(verdict_on_type(&verifier, Some("JWT")), "type_not_allowed");
    assert_eq!(verdict_on_type(&verifier, None), "type_not_allowed");
    let other = TokenType::Other("logout+jwt".to_owned());
    let verifier = finish(Verifier::hmac(&secret()).token_types([other]));
    assert_eq!(verdict_on_type(&verifier, Some("application/Logout+JWT")), "ok");
}

/// The claims of a token that was accepted.
fn accepted(changes: &Value) -> Claims {
    let token = mac(Algorithm::HS256, SECRET, &claims(changes));
    verify(&finish(Verifier::hmac(&secret())), &token).unwrap()
}

#[test]
fn claims_read_as_what_they_are() {
    let claims = accepted(&json!({"scope": "read  write", "n": 7, "aud": [AUDIENCE, "b"]}));
    assert_eq!((claims.subject(), claims.issuer()), ("user-1", Some(ISSUER)));
    assert_eq!(claims.audiences().collect::<Vec<_>>(), [AUDIENCE, "b"]);
    assert_eq!(claims.scopes().collect::<Vec<_>>(), ["read", "write"]);
    assert!(claims.has_scope("read") && !claims.has_scope("rea") && !claims.has_scope(""));
    assert_eq!(claims.expires_at(), Some(Duration::from_secs(NOW + 600)));
    assert_eq!((claims.claim("n"), claims.get("n")), (None, Some(&json!(7))));
    assert_eq!(accepted(&json!({"sub": null})).subject(), "");
}

#[test]
fn claims_are_equal_when_they_say_the_same_however_it_is_spelled() {
    let verifier = finish(Verifier::hmac(&secret()));
    let spelled =
        |payload: &str| verify(&verifier, &mac_over(r#"{"alg":"HS256"}"#, payload)).unwrap();
    let plain = good_claims().to_string();
    let spaced = plain.replace(',', " , ").replace("\"sub\"", "\"\\u0073ub\"");
    assert_eq!(spelled(&plain), spelled(&plain));
    assert_eq!(spelled(&plain), spelled(&spaced));
    assert_ne!(spelled(&plain), spelled(&plain.replace("user-1", "user-2")));
}
