//! Opaque tokens while the issuer is not well: nobody is let in on a guess, and nobody queues.

use std::time::Duration;

use auth_core::Token;
use auth_core::http::HttpError;
use tokio::runtime::Builder;
use tokio::time::Instant;

use crate::introspection::{Opaque, good_answer};
use crate::issuer::Reply;
use crate::remote_events::Log;

const UNAVAILABLE: &str = "introspection_unavailable";

fn good() -> Reply {
    Reply::new(200, good_answer().to_string())
}

#[tokio::test]
async fn no_answer_but_a_200_counts() {
    for status in [201, 202, 203, 204, 206, 302, 304, 400, 401, 403, 404, 429, 500, 502, 503] {
        let opaque = Opaque::new();
        opaque.issuer.say(Reply::new(status, good_answer().to_string()));
        assert_eq!(opaque.verify("opaque").await, UNAVAILABLE, "{status}");
        assert_eq!(opaque.introspection.cached(), 0);
    }
}

#[tokio::test]
async fn an_answer_beyond_the_limit_is_none_although_the_client_let_it_pass() {
    let opaque = Opaque::new();
    let padding = " ".repeat(64 * 1024);
    opaque.issuer.say(Reply::new(200, good_answer().to_string() + &padding));
    assert_eq!(opaque.verify("opaque").await, UNAVAILABLE);
}

#[tokio::test]
async fn an_outage_is_asked_about_once_a_second_and_callers_hear_at_once() {
    let opaque = Opaque::new();
    assert_eq!(opaque.verify("known").await, "ok");
    for error in [HttpError::Connect, HttpError::Timeout, HttpError::Broken, HttpError::Redirect] {
        let before = opaque.issuer.count();
        opaque.issuer.say(Reply::Fails(error));
        assert_eq!(opaque.verify("new").await, UNAVAILABLE);
        for number in 0..100 {
            assert_eq!(opaque.verify_at_once(&format!("new-{number}")), Some(UNAVAILABLE));
        }
        assert_eq!(opaque.verify_at_once("known"), Some("ok"));
        assert_eq!(opaque.issuer.count(), before + 1);
        opaque.wait(1);
    }
    opaque.issuer.say(good());
    assert_eq!(opaque.verify("new").await, "ok");
}

#[tokio::test]
async fn a_known_token_does_not_outlive_its_time_in_an_outage() {
    let opaque = Opaque::new();
    assert_eq!(opaque.verify("known").await, "ok");
    opaque.issuer.say(Reply::Fails(HttpError::Connect));
    opaque.wait(30);
    assert_eq!(opaque.verify("known").await, UNAVAILABLE);
}

#[tokio::test]
async fn an_issuer_that_asks_for_peace_gets_it_within_bounds() {
    for (status, asked, seconds) in
        [(503, "10", 10), (429, "10", 10), (503, "0", 1), (429, "86400", 60), (503, "soon", 1)]
    {
        let opaque = Opaque::new();
        opaque.issuer.say(Reply::new(status, "").with("retry-after", asked));
        assert_eq!(opaque.verify("opaque").await, UNAVAILABLE);
        opaque.issuer.say(good());
        opaque.wait(seconds - 1);
        assert_eq!(opaque.verify_at_once("opaque"), Some(UNAVAILABLE), "{asked}");
        opaque.wait(1);
        assert_eq!(opaque.verify("opaque").await, "ok", "{asked}");
    }
}

#[tokio::test]
async fn trouble_with_one_token_is_nobody_elses() {
    for reply in [
        Reply::new(400, ""),
        Reply::new(414, ""),
        Reply::new(200, "<html>"),
        Reply::Fails(HttpError::TooLarge { limit: 64 * 1024 }),
    ] {
        let opaque = Opaque::new();
        opaque.issuer.say(reply.clone());
        assert_eq!(opaque.verify("poison").await, UNAVAILABLE);
        opaque.issuer.say(good());
        assert_eq!(opaque.verify("opaque").await, "ok", "{reply:?}");
    }
}

#[tokio::test]
async fn refused_credentials_are_our_fault_and_the_log_says_so() {
    for status in [401, 403] {
        let log = Log::default();
        let _listening = log.listen();
        let opaque = Opaque::new();
        opaque.issuer.say(Reply::new(status, "canary"));
        let error = opaque.introspection.verify(&Token::new("canary")).await.unwrap_err();
        assert_eq!(error.code(), UNAVAILABLE);
        assert_eq!(
            log.lines(),
            [concat!(
                "WARN message=the issuer could not be asked about a token: it is refused until it ",
                "can be host=\"issuer.example\" reason=it refuses our client credentials",
            )]
        );
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
}

#[tokio::test]
async fn warnings_come_once_a_second_whatever_strangers_send() {
    let log = Log::default();
    let _listening = log.listen();
    let opaque = Opaque::new();
    opaque.issuer.say(Reply::new(400, ""));
    for number in 0..100 {
        assert_eq!(opaque.verify(&format!("poison-{number}")).await, UNAVAILABLE);
    }
    assert_eq!((log.lines().len(), opaque.issuer.count()), (1, 100));
    opaque.wait(1);
    assert_eq!(opaque.verify("poison").await, UNAVAILABLE);
    assert_eq!(log.lines().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_never_answers_is_given_up_after_six_seconds() {
    let opaque = Opaque::new();
    opaque.issuer.close();
    let start = Instant::now();
    assert_eq!(opaque.verify("opaque").await, UNAVAILABLE);
    assert_eq!(start.elapsed(), Duration::from_secs(6));
    opaque.issuer.open();
    opaque.wait(1);
    assert_eq!(opaque.verify("opaque").await, "ok");
}

#[tokio::test]
async fn a_client_that_panics_does_not_wedge_later_callers() {
    let opaque = Opaque::new();
    opaque.issuer.say(Reply::Panics);
    assert_eq!(opaque.verify("opaque").await, UNAVAILABLE);
    opaque.issuer.say(good());
    opaque.wait(1);
    assert_eq!(opaque.verify("opaque").await, "ok");
}

#[test]
fn without_a_runtime_or_its_timer_nobody_can_know() {
    let opaque = Opaque::new();
    assert_eq!(opaque.verify_at_once("opaque"), Some(UNAVAILABLE));
    assert_eq!(opaque.issuer.count(), 0);
    let runtime = Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(opaque.verify("opaque")), UNAVAILABLE);
}

#[test]
fn a_question_that_ended_with_its_runtime_is_put_again() {
    let opaque = Opaque::new();
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    opaque.issuer.close();
    runtime().block_on(async {
        assert_eq!(opaque.verify_at_once("opaque"), None);
        opaque.issuer.asked(1).await;
    });
    opaque.issuer.open();
    opaque.wait(1);
    assert_eq!(runtime().block_on(opaque.verify("opaque")), "ok");
}
