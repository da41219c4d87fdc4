//! How questions to a vendor end: with an answer, in silence, by a panic, with their runtime, or after
//! somebody asked to forget them.

use std::time::Duration;

use auth_core::upstream::UpstreamError;
use futures_util::FutureExt as _;
use tokio::runtime::Builder;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::memo::Desk;
use crate::world::settled;

#[tokio::test]
async fn a_question_goes_on_when_the_first_to_ask_goes_away() {
    let desk = Desk::new();
    desk.is_open.send_replace(false);
    assert_eq!(desk.get_at_once("key"), None);
    desk.is_open.send_replace(true);
    settled().await;
    assert_eq!(desk.get_at_once("key"), Some(Ok(1)));
}

#[tokio::test]
async fn what_is_forgotten_is_asked_again() {
    let desk = Desk::new();
    assert_eq!(desk.get("key").await, Ok(1));
    assert_eq!(desk.get("another").await, Ok(2));
    desk.memo.forget(&"key".to_owned());
    assert_eq!(desk.get("key").await, Ok(3));
    assert_eq!(desk.get_at_once("another"), Some(Ok(2)));
}

#[tokio::test]
async fn an_answer_that_was_under_way_when_it_was_forgotten_is_not_kept() {
    let desk = Desk::new();
    desk.is_open.send_replace(false);
    let mut early = Box::pin(desk.get("key"));
    assert_eq!((&mut early).now_or_never(), None);
    desk.memo.forget(&"key".to_owned());
    desk.is_open.send_replace(true);
    assert_eq!(early.await, Ok(1));
    assert!(desk.memo.is_empty());
    assert_eq!(desk.get("key").await, Ok(2));
}

#[tokio::test]
async fn whoever_comes_after_a_right_was_withdrawn_does_not_hear_of_the_time_before() {
    let desk = Desk::new();
    let (early_is_open, _) = watch::channel(false);
    let mut early = Box::pin(desk.memo.get("key".to_owned(), || {
        let mut is_open = early_is_open.subscribe();
        async move {
            is_open.wait_for(|is_open| *is_open).await.unwrap();
            Ok(0)
        }
    }));
    assert_eq!((&mut early).now_or_never(), None);
    desk.memo.forget(&"key".to_owned());
    desk.is_open.send_replace(false);
    let mut late = Box::pin(desk.get("key"));
    assert_eq!((&mut late).now_or_never(), None);
    early_is_open.send_replace(true);
    assert_eq!(early.await, Ok(0));
    // The early answer neither counts, nor does it part latecomers from the later question.
    assert_eq!((desk.get_at_once("key"), desk.asked()), (None, 1));
    desk.is_open.send_replace(true);
    assert_eq!((late.await, desk.get("key").await), (Ok(1), Ok(1)));
}

#[tokio::test]
async fn a_question_that_panics_fails_those_who_wait_and_nobody_later() {
    let desk = Desk::new();
    let panics = || async { std::panic::panic_any("a bug in a provider") };
    let waiting = desk.memo.get("key".to_owned(), panics).await.unwrap_err();
    assert_eq!(waiting, UpstreamError::Unreachable("the question did not finish".into()));
    assert_eq!(desk.get("key").await, Ok(1));
}

#[tokio::test]
async fn a_caller_who_panics_before_the_question_exists_wedges_nobody() {
    let desk = Desk::new();
    let caller = desk.clone();
    let caller = tokio::spawn(async move {
        let ask = || -> std::future::Ready<Result<usize, UpstreamError>> {
            std::panic::panic_any("a bug in a provider")
        };
        caller.memo.get("key".to_owned(), ask).await
    });
    assert!(caller.await.unwrap_err().is_panic());
    assert_eq!(desk.get("key").await, Ok(1));
}

#[tokio::test(start_paused = true)]
async fn a_question_without_end_is_given_up_after_thirty_seconds() {
    let desk = Desk::new();
    desk.is_open.send_replace(false);
    let start = Instant::now();
    let refused = desk.get("key").await.unwrap_err();
    assert_eq!(refused, UpstreamError::Unreachable("there was no answer in time".into()));
    assert_eq!(start.elapsed(), Duration::from_secs(30));
    desk.is_open.send_replace(true);
    assert_eq!(desk.get("key").await, Ok(2));
}

#[test]
fn without_a_runtime_nobody_can_know_and_what_is_known_is_told_all_the_same() {
    let desk = Desk::new();
    let refused = desk.get_at_once("key").unwrap().unwrap_err();
    assert_eq!(refused, UpstreamError::Unreachable("there is no tokio runtime".into()));
    assert_eq!(desk.asked(), 0);
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(runtime.block_on(desk.get("key")), Ok(1));
    assert_eq!(desk.get_at_once("key"), Some(Ok(1)));
}

#[test]
fn a_question_that_ended_with_its_runtime_is_put_again() {
    let desk = Desk::new();
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    desk.is_open.send_replace(false);
    runtime().block_on(async { assert_eq!(desk.get_at_once("key"), None) });
    desk.is_open.send_replace(true);
    assert_eq!(runtime().block_on(desk.get("key")), Ok(2));
}
