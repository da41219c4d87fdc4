//! How often the issuer is asked about opaque tokens: what is kept, for how long, and who waits.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::task::JoinSet;

use crate::NOW;
use crate::introspection::{Opaque, expecting, good_answer};
use crate::issuer::Reply;
use crate::world::settled;

/// Seconds that an answer is kept unless told otherwise, and that a "no" is.
const CACHE_FOR: u64 = 30;
const INACTIVE_FOR: u64 = 3;

/// The most questions under way at a time.
const MAX_QUESTIONS: usize = 256;

fn inactive() -> Reply {
    Reply::new(200, r#"{"active":false}"#)
}

#[tokio::test]
async fn an_answer_is_kept_for_a_while_and_then_asked_for_again() {
    let opaque = Opaque::new();
    assert_eq!(opaque.verify("opaque").await, "ok");
    opaque.issuer.say(inactive());
    opaque.wait(CACHE_FOR - 1);
    assert_eq!(opaque.verify_at_once("opaque"), Some("ok"));
    assert_eq!(opaque.verify("another").await, "token_inactive");
    opaque.wait(1);
    assert_eq!(opaque.verify("opaque").await, "token_inactive");
    assert_eq!(opaque.issuer.count(), 3);
}

#[tokio::test]
async fn a_clone_shares_what_is_kept() {
    let opaque = Opaque::new();
    assert_eq!(opaque.verify("opaque").await, "ok");
    let clone = Opaque {
        issuer: Arc::clone(&opaque.issuer),
        clock: Arc::clone(&opaque.clock),
        introspection: opaque.introspection.clone(),
    };
    assert_eq!(clone.verify_at_once("opaque"), Some("ok"));
}

#[tokio::test]
async fn a_no_is_kept_for_three_seconds() {
    let opaque = Opaque::new();
    opaque.issuer.say(inactive());
    assert_eq!(opaque.verify("opaque").await, "token_inactive");
    opaque.issuer.say(Reply::new(200, good_answer().to_string()));
    opaque.wait(INACTIVE_FOR - 1);
    assert_eq!(opaque.verify_at_once("opaque"), Some("token_inactive"));
    opaque.wait(1);
    assert_eq!(opaque.verify("opaque").await, "ok");
    assert_eq!(opaque.issuer.count(), 2);
}

#[tokio::test]
async fn nothing_is_kept_past_the_tokens_own_end() {
    let opaque = Opaque::new();
    let mut answer = good_answer();
    answer["exp"] = json!(NOW + 10);
    opaque.issuer.say(Reply::new(200, answer.to_string()));
    assert_eq!(opaque.verify("opaque").await, "ok");
    opaque.wait(9);
    assert_eq!(opaque.verify_at_once("opaque"), Some("ok"));
    // From here on the issuer is asked; from the end of the leeway on even its word does not help.
    opaque.wait(1);
    assert_eq!(opaque.verify("opaque").await, "ok");
    assert_eq!(opaque.issuer.count(), 2);
    opaque.wait(5);
    assert_eq!(opaque.verify("opaque").await, "expired");
}

#[tokio::test]
async fn without_a_cache_every_caller_asks() {
    let opaque = Opaque::with(|builder| expecting(builder).cache_for(Duration::ZERO));
    for count in 1..4 {
        assert_eq!(opaque.verify("opaque").await, "ok");
        assert_eq!((opaque.issuer.count(), opaque.introspection.cached()), (count, 0));
    }
    opaque.issuer.say(inactive());
    for count in 4..6 {
        assert_eq!(opaque.verify("opaque").await, "token_inactive");
        assert_eq!((opaque.issuer.count(), opaque.introspection.cached()), (count, 0));
    }
}

#[tokio::test]
async fn a_thousand_waiting_callers_cost_one_question() {
    let opaque = Arc::new(Opaque::new());
    opaque.issuer.close();
    let mut callers = JoinSet::new();
    for _ in 0..1000 {
        let opaque = Arc::clone(&opaque);
        callers.spawn(async move { opaque.verify("opaque").await });
    }
    opaque.issuer.asked(1).await;
    tokio::task::yield_now().await;
    assert!(callers.try_join_next().is_none());
    opaque.issuer.open();
    assert_eq!(callers.join_all().await, vec!["ok"; 1000]);
    assert_eq!(opaque.issuer.count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_on_several_threads_cost_one_question() {
    let opaque = Arc::new(Opaque::new());
    let mut callers = JoinSet::new();
    for _ in 0..1000 {
        let opaque = Arc::clone(&opaque);
        callers.spawn(async move { opaque.verify("opaque").await });
    }
    assert_eq!(callers.join_all().await, vec!["ok"; 1000]);
    assert_eq!(opaque.issuer.count(), 1);
}

#[tokio::test]
async fn a_question_goes_on_when_the_first_to_ask_goes_away() {
    let opaque = Opaque::new();
    opaque.issuer.close();
    assert_eq!(opaque.verify_at_once("opaque"), None);
    opaque.issuer.asked(1).await;
    opaque.issuer.open();
    settled().await;
    assert_eq!(opaque.verify_at_once("opaque"), Some("ok"));
    assert_eq!(opaque.issuer.count(), 1);
}

#[tokio::test]
async fn ten_thousand_and_one_tokens_stay_within_capacity() {
    let opaque = Opaque::new();
    for number in 0..10_001 {
        assert_eq!(opaque.verify(&format!("token-{number}")).await, "ok");
    }
    assert_eq!((opaque.introspection.cached(), opaque.issuer.count()), (10_000, 10_001));
    assert_eq!(opaque.verify_at_once("token-1"), Some("ok"));
    assert_eq!(opaque.verify_at_once("token-0"), None);
}

#[tokio::test]
async fn strangers_tokens_push_out_no_users() {
    let opaque = Opaque::with(|builder| expecting(builder).cache_capacity(10));
    assert_eq!(opaque.verify("users").await, "ok");
    opaque.issuer.say(inactive());
    for number in 0..1000 {
        assert_eq!(opaque.verify(&format!("made-up-{number}")).await, "token_inactive");
    }
    assert_eq!(opaque.introspection.cached(), 11);
    assert_eq!(opaque.verify_at_once("users"), Some("ok"));
}

#[tokio::test]
async fn strangers_make_us_ask_so_many_questions_at_a_time_and_no_more() {
    let opaque = Opaque::new();
    assert_eq!(opaque.verify("known").await, "ok");
    opaque.issuer.close();
    for number in 0..MAX_QUESTIONS {
        assert_eq!(opaque.verify_at_once(&format!("made-up-{number}")), None);
    }
    assert_eq!(opaque.verify_at_once("one-more"), Some("introspection_unavailable"));
    assert_eq!(opaque.verify_at_once("made-up-0"), None);
    assert_eq!(opaque.verify_at_once("known"), Some("ok"));
    opaque.issuer.open();
    settled().await;
    assert_eq!(opaque.verify("one-more").await, "ok");
    assert_eq!(opaque.issuer.count(), MAX_QUESTIONS + 2);
}
