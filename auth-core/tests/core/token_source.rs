//! A token in a vendor's own header or cookie, through the gate: that place is read, and no other.

use auth_core::error::Class;
use auth_core::jwt::VerifierBuilder;
use auth_core::token::TokenSource;
use auth_core::{
    Algorithm, AuthError, Authenticate, Claims, Configured, Denial, Gate, Request, Token, Verifier,
};
use futures_util::FutureExt as _;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};

use crate::keys::{SECRET, mac, secret};
use crate::{AUDIENCE, ISSUER, environment, finish, good_claims};

const GOOGLE: TokenSource = TokenSource::header("x-goog-iap-jwt-assertion");
const CLOUDFLARE: TokenSource = TokenSource::cookie("CF_Authorization");

struct Vendor(Verifier);

impl Authenticate for Vendor {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        self.0.verify(token).await
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.0)
    }
}

fn good() -> String {
    mac(Algorithm::HS256, SECRET, &good_claims())
}

/// Another token that is as good.
fn other() -> String {
    let mut claims = good_claims();
    claims["sub"] = "user-2".into();
    mac(Algorithm::HS256, SECRET, &claims)
}

/// What becomes of a request with these headers: status and code, 200 and `ok` if it is let in. The
/// same behind any type of provider.
fn decide(sources: &[TokenSource], headers: &[(&str, &[u8])]) -> (u16, &'static str) {
    let verifier = || {
        let builder =
            sources.iter().cloned().fold(Verifier::hmac(&secret()), VerifierBuilder::token_from);
        finish(builder)
    };
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name: HeaderName = name.parse().unwrap();
        map.append(name, HeaderValue::from_bytes(value).unwrap());
    }
    let uri = Uri::from_static("/?access_token=x");
    let request = Request::new(&Method::GET, &uri, &map);
    let gate = Gate::new(Configured::new(Vendor(verifier()), "vendor"));
    let decision = gate.decide(&request).now_or_never().unwrap();
    let any = Gate::new(Configured::new(Vendor(verifier()), "vendor").into_any());
    let same = any.decide(&request).now_or_never().unwrap();
    let denial = decision.denial();
    assert_eq!(denial.map(Denial::code), same.denial().map(Denial::code));
    denial.map_or((200, "ok"), |it| (it.to_response::<String>().status().as_u16(), it.code()))
}

fn google(headers: &[(&str, &[u8])]) -> (u16, &'static str) {
    decide(&[GOOGLE], headers)
}

/// What becomes of a request with these cookie headers.
fn cookies<const N: usize>(values: [&str; N]) -> (u16, &'static str) {
    let headers = values.map(|value| ("cookie", value.as_bytes()));
    decide(&[CLOUDFLARE], &headers)
}

const BODY: &str = r#"{"error":"Malformed credentials"}"#;

const MISSING: (u16, &str) = (401, "token_missing");
const MALFORMED: (u16, &str) = (401, "credential_malformed");
const OK: (u16, &str) = (200, "ok");

#[test]
fn the_gate_reads_the_vendors_header_and_nothing_else() {
    let token = good();
    let bearer = format!("Bearer {token}");
    assert_eq!(google(&[("x-goog-iap-jwt-assertion", token.as_bytes())]), OK);
    assert_eq!(google(&[("X-Goog-IAP-JWT-Assertion", token.as_bytes())]), OK);
    assert_eq!(google(&[]), MISSING);
    for (name, value) in [
        ("authorization", bearer.as_str()),
        ("x-goog-iap-jwt-assertion-2", &token),
        ("x-iap-jwt", &token),
        ("cookie", &format!("x-goog-iap-jwt-assertion={token}; CF_Authorization={token}")),
    ] {
        assert_eq!(google(&[(name, value.as_bytes())]), MISSING, "{name}");
    }
}

#[test]
fn the_gate_reads_the_vendors_cookie_and_nothing_else() {
    let token = good();
    assert_eq!(cookies([&format!("CF_Authorization={token}")]), OK);
    assert_eq!(cookies([]), MISSING);
    for other in
        ["cf_authorization", "XCF_Authorization", "CF_Authorization2", "__Host-CF_Authorization"]
    {
        assert_eq!(cookies([&format!("{other}={token}")]), MISSING, "{other}");
    }
    let bearer = format!("Bearer {token}");
    for (name, value) in [
        ("authorization", bearer.as_str()),
        ("CF_Authorization", &token),
        ("set-cookie", &format!("CF_Authorization={token}")),
    ] {
        assert_eq!(decide(&[CLOUDFLARE], &[(name, value.as_bytes())]), MISSING, "{name}");
    }
}

#[test]
fn without_a_place_of_its_own_only_the_authorization_header_is_read() {
    let token = good();
    let bearer = format!("Bearer {token}");
    assert_eq!(decide(&[], &[("authorization", bearer.as_bytes())]), OK);
    assert_eq!(decide(&[], &[("x-goog-iap-jwt-assertion", token.as_bytes())]), MISSING);
    let cookie = format!("CF_Authorization={token}");
    assert_eq!(decide(&[], &[("cookie", cookie.as_bytes())]), MISSING);
}

#[test]
fn a_header_that_is_repeated_or_holds_no_single_token_is_an_invalid_request() {
    let token = good();
    let name = "x-goog-iap-jwt-assertion";
    assert_eq!(google(&[(name, token.as_bytes()), (name, token.as_bytes())]), MALFORMED);
    assert_eq!(google(&[(name, b""), (name, token.as_bytes())]), MALFORMED);
    for value in [
        String::new(),
        " ".to_owned(),
        format!("Bearer {token}"),
        format!("{token},{token}"),
        format!("{token}, {token}"),
        format!("\"{token}\""),
        format!("{token}ä"),
        format!("{token};"),
        format!("a\t{token}"),
    ] {
        assert_eq!(google(&[(name, value.as_bytes())]), MALFORMED, "{value}");
    }
    assert_eq!(google(&[(name, b"\xff")]), MALFORMED);
}

#[test]
fn a_cookie_is_found_among_others_in_one_header_or_several() {
    let token = good();
    let ours = format!("CF_Authorization={token}");
    assert_eq!(cookies([&format!("a=1; {ours}; b=2")]), OK);
    assert_eq!(cookies([&format!("a=1;{ours};b")]), OK);
    assert_eq!(cookies([&format!("a=x=y; =; ; {ours} ;")]), OK);
    assert_eq!(cookies(["a=1", &ours, "b=2"]), OK);
    // What another cookie holds is no concern of ours.
    let mut bytes = b"a=\xff\xfe; ".to_vec();
    bytes.extend(ours.as_bytes());
    assert_eq!(decide(&[CLOUDFLARE], &[("cookie", &bytes)]), OK);
}

#[test]
fn a_cookie_that_is_there_twice_is_an_invalid_request() {
    let (ours, theirs) = (good(), other());
    for second in [&ours, &theirs, ""] {
        let (a, b) = (format!("CF_Authorization={ours}"), format!("CF_Authorization={second}"));
        assert_eq!(cookies([&format!("{a}; {b}")]), MALFORMED);
        assert_eq!(cookies([&a, &b]), MALFORMED);
    }
    // Nor may the second hide behind bytes that are no text.
    let hidden = [b"x=\xff; CF_Authorization=".as_slice(), theirs.as_bytes()].concat();
    let ours = format!("CF_Authorization={ours}");
    let both: [(&str, &[u8]); 2] = [("cookie", &hidden), ("cookie", ours.as_bytes())];
    assert_eq!(decide(&[CLOUDFLARE], &both), MALFORMED);
}

#[test]
fn a_cookie_whose_value_is_no_single_token_is_an_invalid_request() {
    let token = good();
    for value in [
        String::new(),
        " ".to_owned(),
        format!("\"{token}\""),
        format!("a b{token}"),
        "%41".to_owned(),
    ] {
        assert_eq!(cookies([&format!("CF_Authorization={value}")]), MALFORMED, "{value}");
    }
    assert_eq!(cookies(["CF_Authorization"]), MISSING);
}

#[test]
fn a_token_is_held_to_its_limit_wherever_it_is() {
    let long = "a".repeat(16 * 1024 + 1);
    assert_eq!(cookies([&format!("CF_Authorization={long}")]), (401, "token_too_large"));
    let name = "x-goog-iap-jwt-assertion";
    assert_eq!(google(&[(name, long.as_bytes())]), (401, "token_too_large"));
    assert_eq!(google(&[(name, &long.as_bytes()[1..])]), (401, "token_malformed"));
}

#[test]
fn two_places_have_to_hold_the_same_token() {
    let (token, other) = (good(), other());
    let header = ("x-goog-iap-jwt-assertion", token.as_bytes());
    let both = [GOOGLE, CLOUDFLARE];
    let with = |cookie: &str| decide(&both, &[header, ("cookie", cookie.as_bytes())]);
    assert_eq!(with(&format!("CF_Authorization={token}")), OK);
    assert_eq!(with("a=1"), OK);
    assert_eq!(with(&format!("CF_Authorization={other}")), MALFORMED);
    assert_eq!(with("CF_Authorization="), MALFORMED);
    assert_eq!(decide(&both, &[]), MISSING);
    let bearer = format!("Bearer {other}");
    let places = [TokenSource::Authorization, GOOGLE];
    assert_eq!(decide(&places, &[("authorization", bearer.as_bytes()), header]), MALFORMED);
    assert_eq!(decide(&places, &[("authorization", b"Basic abc"), header]), OK);
    assert_eq!(
        decide(&places, &[("authorization", b"Bearer"), header]),
        (401, "authorization_malformed")
    );
}

#[test]
fn a_refusal_calls_the_request_invalid_and_does_not_say_what_was_sent() {
    let mut headers = HeaderMap::new();
    headers.insert("x-goog-iap-jwt-assertion", HeaderValue::from_static("canary canary"));
    let uri = Uri::from_static("/");
    let vendor = Vendor(finish(Verifier::hmac(&secret()).token_from(GOOGLE)));
    let gate = Gate::new(Configured::new(vendor, "vendor"));
    let decision = gate.decide(&Request::new(&Method::GET, &uri, &headers)).now_or_never().unwrap();
    let denial = decision.denial().unwrap();
    let answer: http::Response<String> = denial.to_response();
    assert_eq!((denial.class(), answer.body().as_str()), (Class::BadRequest, BODY));
    let challenge = answer.headers()["www-authenticate"].to_str().unwrap();
    assert!(challenge.starts_with(r#"Bearer error="invalid_request""#), "{challenge}");
    assert!(!format!("{denial:?} {} {answer:?}", denial.error()).contains("canary"));
}

#[test]
fn a_place_where_no_token_can_be_does_not_build() {
    for (source, problem) in [
        (TokenSource::header("authorization"), "name `TokenSource::Authorization` instead"),
        (TokenSource::header("cookie"), "name `TokenSource::cookie(..)` instead"),
        (TokenSource::cookie(""), "has a name that no cookie can have"),
        (TokenSource::cookie("a b"), "has a name that no cookie can have"),
        (TokenSource::cookie("a=b"), "has a name that no cookie can have"),
        (TokenSource::cookie("a;"), "has a name that no cookie can have"),
    ] {
        let builder = Verifier::hmac(&secret()).token_from(source.clone());
        let built = builder.issuer(ISSUER).audience(AUDIENCE).build_in(&environment());
        let problems = built.unwrap_err().problems().to_vec();
        assert!(problems.len() == 1 && problems[0].ends_with(problem), "{source:?}: {problems:?}");
    }
}
