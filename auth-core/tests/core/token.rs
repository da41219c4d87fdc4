//! The token out of the `Authorization` header: one form is read, every other is named.

use std::hash::{BuildHasher as _, RandomState};

use auth_core::token::TokenDigest;
use auth_core::{Request, Token};
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, Method, Uri};

/// What becomes of a request with these `Authorization` headers.
fn read<const N: usize>(values: [&[u8]; N]) -> Result<String, &'static str> {
    let mut headers = HeaderMap::new();
    for value in values {
        headers.append(AUTHORIZATION, HeaderValue::from_bytes(value).unwrap());
    }
    let uri = Uri::from_static("/?access_token=abc");
    let request = Request::new(&Method::GET, &uri, &headers);
    let token = Token::from_request(&request).map_err(|error| error.code())?;
    Ok(token.expose().to_owned())
}

#[test]
fn reads_the_one_token_of_the_one_header() {
    assert_eq!(read([b"Bearer abc.def-_~+/.ghi="]), Ok("abc.def-_~+/.ghi=".to_owned()));
}

#[test]
fn reads_the_scheme_in_any_case_and_any_number_of_spaces() {
    for header in ["bearer abc", "BEARER abc", "bEaReR abc", "Bearer   abc"] {
        assert_eq!(read([header.as_bytes()]), Ok("abc".to_owned()), "{header}");
    }
}

#[test]
fn says_that_there_is_no_token_without_the_header_or_with_another_scheme() {
    assert_eq!(read([]), Err("token_missing"));
    for header in [
        "",
        "abc",
        "Basic abc",
        "Digest abc",
        "DPoP abc",
        "Token abc",
        "Bearerabc",
        "Bearer: abc",
        " Bearer abc",
        "Bearer\tabc",
        "\"Bearer\" abc",
        "Bearer, abc",
        "Basic Bearer abc",
    ] {
        assert_eq!(read([header.as_bytes()]), Err("token_missing"), "{header:?}");
    }
}

#[test]
fn says_that_a_header_of_another_form_is_malformed() {
    for header in [
        "Bearer",
        "Bearer ",
        "Bearer    ",
        "Bearer abc def",
        "Bearer abc,def",
        "Bearer abc ",
        "Bearer \tabc",
        "Bearer abc\t",
        "Bearer \"abc\"",
        "Bearer Bearer abc",
        "Bearer abc;",
        "Bearer abc, Bearer abc",
        "Bearer a%62c",
        "Bearer <abc>",
        "Bearer a\\b",
    ] {
        assert_eq!(read([header.as_bytes()]), Err("authorization_malformed"), "{header:?}");
    }
}

#[test]
fn says_that_a_repeated_header_is_malformed() {
    assert_eq!(read([b"Bearer abc", b"Bearer abc"]), Err("authorization_malformed"));
    assert_eq!(read([b"Basic abc", b"Bearer abc"]), Err("authorization_malformed"));
    assert_eq!(read([b"Bearer abc", b""]), Err("authorization_malformed"));
}

#[test]
fn says_that_bytes_beyond_ascii_are_malformed() {
    for header in ["Bearer äbc".as_bytes(), b"Bearer abc\xff", "Bearer\u{a0}abc".as_bytes()] {
        assert_eq!(read([header]), Err("authorization_malformed"));
    }
}

#[test]
fn looks_at_no_other_place() {
    let mut headers = HeaderMap::new();
    for name in ["proxy-authorization", "cookie", "x-access-token", "x-forwarded-authorization"] {
        headers.insert(name, HeaderValue::from_static("Bearer abc"));
    }
    let uri = Uri::from_static("/?access_token=abc");
    let request = Request::new(&Method::POST, &uri, &headers);
    assert_eq!(Token::from_request(&request).unwrap_err().code(), "token_missing");
}

#[test]
fn a_digest_finds_its_token_and_no_other() {
    let [digest, same, other] = ["abc", "abc", "abd"].map(TokenDigest::of_text);
    assert_eq!(digest, TokenDigest::of(&Token::new("abc")));
    assert!(digest == same && digest != other);
    // What many answers are looked up by: were all alike, each look would pass every other answer.
    let state = RandomState::new();
    assert_eq!(state.hash_one(digest), state.hash_one(same));
    assert_ne!(state.hash_one(digest), state.hash_one(other));
}

#[test]
fn neither_a_token_nor_its_digest_prints() {
    let token = Token::new("canary");
    assert_eq!(format!("{token:?} {:?}", TokenDigest::of(&token)), "[redacted] TokenDigest");
}
