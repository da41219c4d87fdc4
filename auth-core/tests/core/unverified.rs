//! What a token says of itself before anybody has checked it: read as strictly as afterwards.

use auth_core::jwt::Unverified;
use auth_core::{Token, Verifier};
use serde_json::json;

use crate::keys::{b64, mac_over, secret};
use crate::{code, finish, good_claims};

/// The code of the refusal, `ok` where there is none.
fn read(token: &str) -> &'static str {
    Unverified::read(&Token::new(token)).map_or_else(|error| error.code(), |_| "ok")
}

/// A token of these texts, with three bytes for a signature.
fn token(header: &str, payload: &str) -> String {
    format!("{}.{}.{}", b64(header), b64(payload), b64("sig"))
}

#[test]
fn texts_of_the_header_and_the_claims_are_read() {
    let header = json!({"alg": "RS256", "cat": "cl_1", "n": 1}).to_string();
    let payload = json!({"iss": "https://a", "azp": "app", "aud": ["x"]}).to_string();
    let token = token(&header, &payload);
    let unverified = Unverified::read(&Token::new(&token)).unwrap();
    assert_eq!((unverified.header("cat"), unverified.header("n")), (Some("cl_1"), None));
    assert_eq!((unverified.member("n"), unverified.member("x")), (Some(&json!(1)), None));
    assert_eq!((unverified.issuer(), unverified.claim("azp")), (Some("https://a"), Some("app")));
    assert_eq!((unverified.claim("aud"), unverified.claim("sub")), (None, None));
}

#[test]
fn an_issuer_that_is_no_text_is_none() {
    for issuer in [json!(["https://a"]), json!(7), json!(null), json!({"https://a": 1})] {
        let token = token("{}", &json!({"iss": issuer}).to_string());
        assert_eq!(Unverified::read(&Token::new(&token)).unwrap().issuer(), None, "{issuer}");
    }
}

#[test]
fn hostile_input_is_refused_for_the_reason_that_a_verifier_has() {
    let good = good_claims().to_string();
    let alg = r#"{"alg":"HS256"}"#;
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000));
    let wide = format!("{{\"a\":[{}0]}}", "0,".repeat(4096));
    let members = (0..33).map(|n| format!("\"{n}\":0")).collect::<Vec<_>>().join(",");
    let long_id = format!(r#"{{"alg":"HS256","kid":"{}"}}"#, "k".repeat(257));
    let verifier = finish(Verifier::hmac(&secret()));
    for (token, expected) in [
        ("a".repeat(16 * 1024 + 1), "token_too_large"),
        (String::new(), "token_malformed"),
        ("opaque".to_owned(), "token_malformed"),
        ("..".to_owned(), "token_malformed"),
        ("a.b.c.d.e".to_owned(), "token_malformed"),
        (format!("{}.{}.", b64(alg), b64(&good)), "token_malformed"),
        (format!("{}=.{}.c2ln", b64(alg), b64(&good)), "token_malformed"),
        (format!("{}.{}.!!!!", b64(alg), b64(&good)), "token_malformed"),
        (mac_over("[]", &good), "header_malformed"),
        (mac_over(r#"{"alg":"HS256","alg":"HS256"}"#, &good), "header_malformed"),
        (mac_over(r#"{"alg":["HS256"]}"#, &good), "header_malformed"),
        (mac_over(&format!("{{{members}}}"), &good), "header_malformed"),
        (mac_over(&long_id, &good), "key_id_malformed"),
        (mac_over(alg, "[]"), "claims_malformed"),
        (mac_over(alg, "{\"iss\":\"a\",\"iss\":\"b\"}"), "claims_malformed"),
        (mac_over(alg, "{\"iss\":\"a\",\"\\u0069ss\":\"b\"}"), "claims_malformed"),
        (mac_over(alg, "{} {}"), "claims_malformed"),
        (mac_over(alg, &deep), "claims_malformed"),
        (mac_over(alg, &wide), "claims_malformed"),
    ] {
        assert_eq!(read(&token), expected, "{token:.60}");
        assert_eq!(code(&verifier, &token), expected, "{token:.60}");
    }
}

#[test]
fn what_a_header_repeats_or_nests_without_end_is_not_read_at_all() {
    let deep = format!(r#"{{"a":{}1{},"alg":"HS256"}}"#, "[".repeat(5_000), "]".repeat(5_000));
    for header in [deep.as_str(), r#"{"alg":"HS256","a":{"b":1,"b":2}}"#] {
        assert_eq!(read(&token(header, "{}")), "header_malformed", "{header:.40}");
    }
}

#[test]
fn it_prints_nothing_of_the_token() {
    let token = token(r#"{"cat":"canary"}"#, r#"{"iss":"canary"}"#);
    let unverified = Unverified::read(&Token::new(&token)).unwrap();
    assert_eq!(format!("{unverified:?}"), "Unverified");
}
