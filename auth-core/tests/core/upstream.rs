//! A vendor's own interface: what is asked, what each answer means, and when nobody asks.

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::http::HttpError;
use auth_core::upstream::{Upstream, UpstreamError};
use auth_core::{AuthError, Secret};
use futures_util::FutureExt as _;
use http::StatusCode;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::issuer::{Issuer, Reply};
use crate::remote_events::Log;
use crate::world::around;
use crate::{NOW, environment};

/// A vendor, its interface, and the clock.
struct Vendor {
    issuer: Arc<Issuer>,
    clock: Arc<ManualClock>,
    upstream: Upstream,
}

impl Vendor {
    fn new() -> Self {
        let issuer = Issuer::new(good());
        let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
        let upstream = Upstream::at("https://api.vendor.example/v1", &around(&issuer, &clock));
        let upstream = upstream.unwrap().bearer(&secret("sk_1")).unwrap();
        Self { issuer, clock, upstream }
    }

    fn answering(reply: Reply) -> Self {
        let vendor = Self::new();
        vendor.issuer.say(reply);
        vendor
    }

    async fn ask(&self) -> Result<Value, UpstreamError> {
        self.upstream.get(&["users", "1"]).json().await
    }

    async fn ask_with(&self, token: &str) -> Result<Value, UpstreamError> {
        self.upstream.get(&["me"]).bearer(&secret(token)).json().await
    }

    /// Where a question about this id goes.
    async fn address(&self, id: &str) -> Result<String, UpstreamError> {
        self.upstream.get(&["users", id, "roles"]).send().await?;
        Ok(self.issuer.asked(self.issuer.count()).await.url.to_string())
    }

    fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

fn secret(text: &str) -> Secret<String> {
    text.to_owned().into()
}

fn good() -> Reply {
    Reply::new(200, r#"{"id":1}"#)
}

fn unreachable(reason: &'static str) -> UpstreamError {
    UpstreamError::Unreachable(reason.into())
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
async fn trouble_that_concerns_all_is_not_asked_about_again_for_a_while() {
    let (unlimited, refused) = (Reply::new(429, ""), UpstreamError::OwnKeyRefused { status: 401 });
    for (reply, error, seconds) in [
        (Reply::Fails(HttpError::Connect), unreachable("no connection could be made"), 1),
        (Reply::new(401, "").with("retry-after", "50"), refused, 1),
        (unlimited.clone(), UpstreamError::RateLimited, 1),
        (unlimited.clone().with("retry-after", "0"), UpstreamError::RateLimited, 1),
        (unlimited.clone().with("retry-after", "10"), UpstreamError::RateLimited, 10),
        (unlimited.with("retry-after", "86400"), UpstreamError::RateLimited, 60),
        (Reply::new(503, "").with("retry-after", "10"), unreachable("it answered 503"), 10),
    ] {
        let vendor = Vendor::answering(reply);
        assert_eq!(vendor.ask().await, Err(error.clone()));
        vendor.issuer.say(good());
        vendor.wait(seconds - 1);
        assert_eq!(vendor.ask().now_or_never(), Some(Err(error.clone())));
        assert_eq!(vendor.issuer.count(), 1, "{error:?}");
        vendor.wait(1);
        assert!(vendor.ask().await.is_ok(), "{error:?}");
    }
}

#[tokio::test]
async fn a_date_to_come_back_at_is_read_on_the_clock_that_dates_are_on() {
    let date = |seconds| {
        let time = std::time::UNIX_EPOCH + Duration::from_secs(NOW + seconds);
        Reply::new(429, "").with("retry-after", &httpdate::fmt_http_date(time))
    };
    let vendor = Vendor::new();
    // The other clock began with the process.
    vendor.wait(7);
    vendor.issuer.say(date(7 + 20));
    assert_eq!(vendor.ask().await, Err(UpstreamError::RateLimited));
    vendor.issuer.say(good());
    vendor.wait(19);
    assert_eq!(vendor.ask().await, Err(UpstreamError::RateLimited));
    vendor.wait(1);
    assert!(vendor.ask().await.is_ok());
    // A date that is over is a second.
    vendor.issuer.say(date(0));
    assert_eq!(vendor.ask().await, Err(UpstreamError::RateLimited));
    vendor.issuer.say(good());
    vendor.wait(1);
    assert!(vendor.ask().await.is_ok());
}

#[tokio::test]
async fn one_callers_trouble_keeps_nobody_else_out() {
    for reply in [
        Reply::new(400, "").with("retry-after", "60"),
        Reply::new(403, "").with("retry-after", "60"),
        Reply::new(404, ""),
        Reply::new(500, ""),
        Reply::new(503, ""),
        Reply::new(200, "<html>"),
        Reply::Fails(HttpError::Timeout),
        Reply::Fails(HttpError::Broken),
        Reply::Fails(HttpError::Redirect),
        Reply::Fails(HttpError::TooLarge { limit: 1 }),
    ] {
        let vendor = Vendor::answering(reply.clone());
        assert!(vendor.ask().await.is_err());
        vendor.issuer.say(good());
        assert!(vendor.ask().await.is_ok(), "{reply:?}");
    }
}

#[tokio::test]
async fn a_strangers_token_that_is_refused_keeps_nobody_else_out() {
    for (status, error) in [
        (401, UpstreamError::TokenRefused { status: 401 }),
        (403, UpstreamError::TokenRefused { status: 403 }),
        (429, UpstreamError::RateLimited),
    ] {
        let vendor = Vendor::answering(Reply::new(status, "").with("retry-after", "60"));
        assert_eq!(vendor.ask_with("stranger").await, Err(error));
        assert_eq!(vendor.issuer.asked(1).await.headers["authorization"], "Bearer stranger");
        vendor.issuer.say(good());
        assert!(vendor.ask().await.is_ok(), "{status}");
        assert!(vendor.ask_with("another").await.is_ok(), "{status}");
    }
}

#[tokio::test]
async fn clones_share_a_pause_and_another_key_does_not() {
    let vendor = Vendor::answering(Reply::new(401, ""));
    let clone = vendor.upstream.clone();
    let other = vendor.upstream.clone().bearer(&secret("sk_2")).unwrap();
    let refused = UpstreamError::OwnKeyRefused { status: 401 };
    assert_eq!(vendor.ask().await, Err(refused.clone()));
    vendor.issuer.say(good());
    assert_eq!(clone.get(&["a"]).send().await.unwrap_err(), refused);
    assert!(other.get(&["a"]).send().await.is_ok());
}

#[tokio::test]
async fn a_refused_key_is_our_fault_and_the_log_says_so_once_a_second() {
    let log = Log::default();
    let _listening = log.listen();
    let vendor = Vendor::answering(Reply::new(401, "canary"));
    for _ in 0..3 {
        assert!(vendor.ask().await.is_err());
    }
    let warning = "WARN message=the vendor refuses our own credentials: nobody can be let in who \
                   has to be asked about host=\"api.vendor.example\"";
    assert_eq!(log.lines(), [warning]);
    assert!(vendor.ask_with("stranger").await.is_err());
    assert!(log.lines().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_client_that_never_answers_is_given_up() {
    for (asked, limit) in [(None, 4), (Some(1), 2), (Some(u64::MAX), 31)] {
        let vendor = Vendor::new();
        vendor.issuer.close();
        let start = Instant::now();
        let question = vendor.upstream.get(&["a"]);
        let question = match asked {
            Some(seconds) => question.within(Duration::from_secs(seconds)),
            None => question,
        };
        let refused = question.send().await.unwrap_err();
        assert_eq!(refused, unreachable("there was no answer in time"));
        assert_eq!(start.elapsed(), Duration::from_secs(limit));
    }
}

#[test]
fn without_a_runtime_nobody_can_know() {
    let vendor = Vendor::new();
    let refused = vendor.ask().now_or_never();
    assert_eq!(refused, Some(Err(unreachable("there is no tokio runtime"))));
    assert_eq!(vendor.issuer.count(), 0);
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
