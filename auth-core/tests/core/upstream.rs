//! A vendor's own interface: what is asked, and what each answer means. When nobody asks is in
//! `upstream_trouble`.

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::upstream::{Upstream, UpstreamError};
use auth_core::{AuthError, Secret};
use http::StatusCode;
use serde_json::{Value, json};

use crate::issuer::{Issuer, Reply};
use crate::world::around;
use crate::{NOW, environment};

/// A vendor, its interface, and the clock.
pub(crate) struct Vendor {
    pub(crate) issuer: Arc<Issuer>,
    clock: Arc<ManualClock>,
    pub(crate) upstream: Upstream,
}

impl Vendor {
    pub(crate) fn new() -> Self {
        let issuer = Issuer::new(good());
        let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
        let upstream = Upstream::at("https://api.vendor.example/v1", &around(&issuer, &clock));
        let upstream = upstream.unwrap().bearer(&secret("sk_1")).unwrap();
        Self { issuer, clock, upstream }
    }

    pub(crate) fn answering(reply: Reply) -> Self {
        let vendor = Self::new();
        vendor.issuer.say(reply);
        vendor
    }

    pub(crate) async fn ask(&self) -> Result<Value, UpstreamError> {
        self.upstream.get(&["users", "1"]).json().await
    }

    pub(crate) async fn ask_with(&self, token: &str) -> Result<Value, UpstreamError> {
        self.upstream.get(&["me"]).bearer(&secret(token)).json().await
    }

    /// Where a question about this id goes.
    async fn address(&self, id: &str) -> Result<String, UpstreamError> {
        self.upstream.get(&["users", id, "roles"]).send().await?;
        Ok(self.issuer.asked(self.issuer.count()).await.url.to_string())
    }

    pub(crate) fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

pub(crate) fn secret(text: &str) -> Secret<String> {
    text.to_owned().into()
}

pub(crate) fn good() -> Reply {
    Reply::new(200, r#"{"id":1}"#)
}

#[tokio::test]
async fn a_question_has_our_key_and_limits() {
    let vendor = Vendor::new();
    assert_eq!(vendor.ask().await, Ok(json!({"id": 1})));
    let request = vendor.issuer.asked(1).await;
    assert_eq!(request.url.as_str(), "https://api.vendor.example/v1/users/1");
    assert_eq!((request.timeout, request.max_body), (Duration::from_secs(3), 1024 * 1024));
    assert_eq!(request.headers["authorization"], "Bearer sk_1");
    assert!(request.headers["authorization"].is_sensitive());
    assert_eq!(request.headers["accept"], "application/json");
}

#[tokio::test]
async fn a_body_comes_with_its_kind_and_a_query_is_encoded() {
    let vendor = Vendor::new();
    let asked = vendor.upstream.post(&["check"], &json!({"a": "b"})).query("x", "1&y=2#");
    asked.send().await.unwrap();
    let request = vendor.issuer.asked(1).await;
    assert_eq!(request.url.as_str(), "https://api.vendor.example/v1/check?x=1%26y%3D2%23");
    assert_eq!((request.method.as_str(), &request.body[..]), ("POST", br#"{"a":"b"}"#.as_slice()));
    assert_eq!(request.headers["content-type"], "application/json");
    vendor.upstream.post_form(&["token"], "a=b".to_owned()).send().await.unwrap();
    let request = vendor.issuer.asked(2).await;
    assert_eq!(&request.body[..], b"a=b");
    assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
}

#[tokio::test]
async fn an_id_names_one_thing_whatever_is_in_it() {
    let vendor = Vendor::new();
    for (id, encoded) in [
        ("user_1", "user_1"),
        ("a/b", "a%2Fb"),
        ("../../admin", "..%2F..%2Fadmin"),
        ("a?b#c", "a%3Fb%23c"),
        ("%2e%2e", "%252e%252e"),
        ("%2F", "%252F"),
        ("a\\b", "a%5Cb"),
        ("auth0|1", "auth0|1"),
        ("a b", "a%20b"),
        ("ä", "%C3%A4"),
        ("...", "..."),
        ("http://x", "http:%2F%2Fx"),
    ] {
        let address = format!("https://api.vendor.example/v1/users/{encoded}/roles");
        assert_eq!(vendor.address(id).await, Ok(address), "{id}");
    }
}

#[tokio::test]
async fn an_id_that_leads_elsewhere_is_not_asked_about() {
    let vendor = Vendor::new();
    for id in ["", ".", "..", ".\t.", "\t.", ".\n.", "..\r", "\n", "a\tb", "a\0b", "\u{85}"] {
        let refused = vendor.address(id).await.unwrap_err();
        assert!(matches!(refused, UpstreamError::Unaskable(_)), "{id:?}: {refused:?}");
        assert_eq!(AuthError::from(refused).code(), "upstream_unavailable");
    }
    assert_eq!(vendor.issuer.count(), 0);
}

#[tokio::test]
async fn each_status_means_one_thing() {
    for (status, expected) in [
        (302, "it answered 302"),
        (304, "it answered 304"),
        (400, "it answered 400"),
        (401, "it refuses our own credentials (401)"),
        (403, "it refuses our own credentials (403)"),
        (404, "it answered 404"),
        (422, "it answered 422"),
        (429, "it wants to be left alone for a while"),
        (500, "it answered 500"),
        (503, "it answered 503"),
    ] {
        let vendor = Vendor::answering(Reply::new(status, r#"{"error":"canary"}"#));
        let error = vendor.ask().await.unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert!(!format!("{error:?}").contains("canary"), "{error:?}");
        let error = AuthError::from(error);
        assert_eq!(error.code(), "upstream_unavailable");
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    }
}

#[tokio::test]
async fn what_a_vendor_says_to_a_no_can_be_read() {
    let vendor = Vendor::answering(Reply::new(404, r#"{"code":"no_user"}"#));
    let Err(UpstreamError::NotFound(body)) = vendor.ask().await else { panic!("it is a 404") };
    assert_eq!(body.json(), Some(json!({"code": "no_user"})));
    vendor.issuer.say(Reply::new(StatusCode::CONFLICT.as_u16(), "<html>"));
    let Err(UpstreamError::Rejected { status, body }) = vendor.ask().await else {
        panic!("it is a 409")
    };
    assert_eq!((status, body.json::<Value>()), (409, None));
}

#[tokio::test]
async fn an_answer_of_another_shape_is_malformed() {
    let long = format!(r#"{{"a":"{}"}}"#, "a".repeat(1024 * 1024));
    let deep = "[".repeat(100_000);
    for body in ["", "<html>", "{", "{} {}", "\u{feff}{}", &long, &deep] {
        let vendor = Vendor::answering(Reply::new(200, body.to_owned()));
        let refused = vendor.ask().await;
        assert!(matches!(refused, Err(UpstreamError::Malformed(_))), "{body:.20}: {refused:?}");
        vendor.issuer.say(good());
        assert!(vendor.ask().await.is_ok(), "{body:.20}");
    }
}

#[tokio::test]
async fn an_answer_may_have_so_many_bytes_and_no_more() {
    for (bytes, expected) in [(1024 * 1024, None), (1024 * 1024 + 1, Some("it is too long"))] {
        // With the quotation marks of a text.
        let vendor = Vendor::answering(Reply::new(200, format!("\"{}\"", "a".repeat(bytes - 2))));
        let refused = vendor.ask().await.err();
        assert_eq!(refused, expected.map(UpstreamError::Malformed), "{bytes}");
    }
}

#[tokio::test]
async fn nothing_that_is_asked_or_answered_is_printed() {
    let vendor = Vendor::answering(good().with("set-cookie", "canary"));
    let upstream = vendor.upstream.clone().bearer(&secret("canary")).unwrap();
    let question = upstream.post(&["canary"], &"canary").query("canary", "canary");
    let text = format!("{question:?}");
    assert_eq!(text, "Question { upstream: Upstream(api.vendor.example), .. }");
    let answer = question.bearer(&secret("canary")).send().await.unwrap();
    assert_eq!(format!("{answer:?}"), "Answer(8 bytes)");
    assert_eq!(answer.headers()["set-cookie"], "canary");
}

#[tokio::test]
async fn an_address_or_a_key_that_cannot_be_used_does_not_build() {
    let at = |address: &str| Upstream::at(address, &environment());
    for address in [
        "",
        "api.vendor.example",
        "http://api.vendor.example",
        "ftp://api.vendor.example",
        "https://canary@api.vendor.example",
        "https://a.example/?canary",
        "https://a.example/#canary",
    ] {
        let error = at(address).unwrap_err().to_string();
        assert!(error.starts_with("the vendor's interface: its address "), "{error}");
        assert!(!error.contains("canary"), "{error}");
    }
    assert!(at("http://127.0.0.1:1/v1/").is_ok());
    for key in ["", " ", "canary\n", "can ary", "canäry", "can\tary"] {
        let error = at("https://a.example").unwrap().bearer(&secret(key)).unwrap_err().to_string();
        assert!(error.contains("its key is empty or not visible ASCII"), "{error}");
        assert!(!error.contains("can"), "{error}");
        let question = Vendor::new();
        let question = question.upstream.get(&["a"]).bearer(&secret(key)).send().await;
        assert!(matches!(question, Err(UpstreamError::Unaskable(_))), "{key:?}");
    }
    let header = http::HeaderName::from_static("x-api-key");
    let upstream = at("https://a.example").unwrap();
    assert!(upstream.clone().header(header.clone(), &secret("two words")).is_ok());
    for value in ["", "  ", "a\n", "a\tb", "ä"] {
        assert!(upstream.clone().header(header.clone(), &secret(value)).is_err(), "{value:?}");
    }
}
