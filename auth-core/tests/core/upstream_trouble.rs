//! A vendor in trouble: who is kept waiting for it, for how long, and who is not.

use std::time::Duration;

use auth_core::http::HttpError;
use auth_core::upstream::{UpstreamBody, UpstreamError};
use futures_util::FutureExt as _;
use tokio::time::Instant;

use crate::NOW;
use crate::issuer::Reply;
use crate::remote_events::Log;
use crate::upstream::{Vendor, good, secret};

fn unreachable(reason: &'static str) -> UpstreamError {
    UpstreamError::Unreachable(reason.into())
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
        (401, UpstreamError::TokenRefused { status: 401, body: UpstreamBody::default() }),
        (403, UpstreamError::TokenRefused { status: 403, body: UpstreamBody::default() }),
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
async fn a_renewed_key_of_ours_that_is_refused_concerns_every_caller() {
    let vendor = Vendor::answering(Reply::new(401, ""));
    let refused = UpstreamError::OwnKeyRefused { status: 401 };
    let asked = vendor.upstream.get(&["me"]).key(&secret("renewed")).send().await;
    assert_eq!(asked.unwrap_err(), refused);
    assert_eq!(vendor.issuer.asked(1).await.headers["authorization"], "Bearer renewed");
    vendor.issuer.say(good());
    assert_eq!(vendor.ask().await, Err(refused));
    assert_eq!(vendor.issuer.count(), 1);
    vendor.wait(1);
    assert!(vendor.upstream.get(&["me"]).key(&secret("renewed")).send().await.is_ok());
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
