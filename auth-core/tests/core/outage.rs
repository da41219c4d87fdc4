//! Remote keys while the issuer is not well: whom they serve, for how long, and how it ends.

use auth_core::http::HttpError;
use auth_core::{AuthError, Token};
use futures_util::FutureExt as _;
use serde_json::json;
use tokio::runtime::Builder;

use crate::issuer::Reply;
use crate::world::{World, settled};

/// Seconds that keys are fresh, that they are served after that, and between two attempts.
const LIFETIME: u64 = 600;
const STALE_LIMIT: u64 = 3600;
const COOLDOWN: u64 = 30;

#[tokio::test]
async fn no_answer_that_is_not_a_key_set_is_taken_for_one() {
    for reply in [
        Reply::Fails(HttpError::Connect),
        Reply::Fails(HttpError::Timeout),
        Reply::Fails(HttpError::Broken),
        Reply::Fails(HttpError::Redirect),
        Reply::Fails(HttpError::TooLarge { limit: 256 * 1024 }),
        Reply::new(500, r#"{"keys":[]}"#),
        Reply::new(404, "not found"),
        Reply::new(204, ""),
        Reply::new(304, ""),
        Reply::new(200, ""),
        Reply::new(200, "<html>maintenance</html>"),
        Reply::new(200, "[]"),
        Reply::new(200, "{}"),
        Reply::new(200, r#"{"keys":{}}"#),
        Reply::new(200, r#"{"keys":[]}"#),
        Reply::new(200, r#"{"keys":[null,7,{},{"kty":"oct","k":"AAAA"}]}"#),
        Reply::keys(vec![json!({}); 101]),
    ] {
        let world = World::new();
        world.issuer.say(reply.clone());
        assert_eq!(world.verify("current").await, "keys_unavailable", "{reply:?}");
    }
}

#[tokio::test]
async fn a_key_set_with_another_status_is_none() {
    let world = World::new();
    for status in [201, 203, 206, 400, 401, 403, 500, 503] {
        let Reply::Answer(answer) = world.published_as("current") else { unreachable!("keys") };
        world.issuer.say(Reply::new(status, answer.body));
        assert_eq!(world.verify("current").await, "keys_unavailable", "{status}");
        world.wait(1);
    }
}

#[tokio::test]
async fn the_log_reads_no_text_of_the_issuers() {
    for reply in [Reply::new(500, "canary"), Reply::new(200, "canary")] {
        let world = World::new();
        world.issuer.say(reply);
        let token = world.token("current");
        let error = world.verifier.verify(&Token::new(&token)).await.unwrap_err();
        assert!(matches!(&error, AuthError::KeysUnavailable(_)), "{error:?}");
        assert!(!format!("{error:?} {error}").contains("canary"), "{error:?}");
    }
}

#[tokio::test]
async fn a_cold_start_recovers_after_a_second() {
    let world = World::new();
    world.issuer.say(Reply::Fails(HttpError::Connect));
    assert_eq!(world.verify("current").await, "keys_unavailable");
    world.issuer.say(world.published_as("current"));
    for _ in 0..100 {
        assert_eq!(world.verify_at_once("current"), Some("keys_unavailable"));
    }
    assert_eq!(world.issuer.count(), 1);
    world.wait(1);
    assert_eq!(world.verify("current").await, "ok");
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn stale_keys_are_served_up_to_a_limit() {
    let world = World::warm().await;
    world.issuer.say(Reply::Fails(HttpError::Timeout));
    world.wait(LIFETIME);
    assert_eq!(world.verify("current").await, "ok");
    world.wait(STALE_LIMIT - 1);
    assert_eq!(world.verify("current").await, "ok");
    settled().await;
    world.wait(1);
    assert_eq!(world.verify("current").await, "keys_unavailable");
    world.issuer.say(world.published_as("current"));
    world.wait(COOLDOWN);
    assert_eq!(world.verify("current").await, "ok");
}

#[tokio::test]
async fn an_outage_slows_nobody_down_while_keys_are_stale() {
    let world = World::warm().await;
    world.issuer.say(Reply::Fails(HttpError::Timeout));
    world.wait(LIFETIME);
    assert_eq!(world.verify("current").await, "ok");
    world.wait(COOLDOWN);
    world.issuer.close();
    for _ in 0..100 {
        assert_eq!(world.verify_at_once("current"), Some("ok"));
    }
    world.issuer.asked(3).await;
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    world.issuer.open();
    settled().await;
    assert_eq!(world.issuer.count(), 3);
}

#[tokio::test]
async fn an_outage_is_asked_about_once_a_cooldown() {
    let world = World::warm().await;
    world.issuer.say(Reply::new(503, ""));
    world.wait(LIFETIME);
    for requests in 2..6 {
        for _ in 0..100 {
            assert_eq!(world.verify("current").await, "ok");
        }
        settled().await;
        assert_eq!(world.issuer.count(), requests);
        world.wait(COOLDOWN);
    }
}

#[tokio::test]
async fn a_failed_refresh_ahead_of_time_hurts_nobody() {
    let world = World::warm().await;
    world.issuer.say(Reply::Fails(HttpError::Broken));
    world.wait(LIFETIME - 1);
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    settled().await;
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn an_unknown_key_during_an_outage_is_nobodys_fault() {
    let world = World::warm().await;
    world.issuer.say(Reply::new(500, ""));
    assert_eq!(world.verify("unknown").await, "key_not_found");
    world.wait(COOLDOWN);
    for _ in 0..100 {
        assert_eq!(world.verify("unknown").await, "keys_unavailable");
    }
    assert_eq!(world.verify("current").await, "ok");
    assert_eq!(world.issuer.count(), 2);
    world.issuer.say(world.published_as("current"));
    world.wait(COOLDOWN);
    assert_eq!(world.verify("unknown").await, "key_not_found");
}

#[tokio::test]
async fn a_client_that_panics_does_not_wedge_later_callers() {
    let world = World::new();
    world.issuer.say(Reply::Panics);
    assert_eq!(world.verify("current").await, "keys_unavailable");
    assert_eq!(world.verify_at_once("current"), Some("keys_unavailable"));
    world.issuer.say(world.published_as("current"));
    world.wait(1);
    assert_eq!(world.verify("current").await, "ok");
}

#[tokio::test]
async fn a_client_that_panics_is_an_outage_like_any_other() {
    let world = World::warm().await;
    world.issuer.say(Reply::Panics);
    world.wait(COOLDOWN);
    assert_eq!(world.verify("unknown").await, "keys_unavailable");
    world.wait(LIFETIME);
    assert_eq!(world.verify("current").await, "ok");
    world.wait(COOLDOWN);
    assert_eq!(world.verify_at_once("current"), Some("ok"));
}

#[test]
fn without_a_runtime_keys_are_unavailable() {
    let world = World::new();
    assert_eq!(world.verify_at_once("current"), Some("keys_unavailable"));
    assert_eq!(world.issuer.count(), 0);
    world.wait(1);
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(runtime.block_on(world.verify("current")), "ok");
    assert_eq!(world.verify("current").now_or_never(), Some("ok"));
}

#[test]
fn without_a_timer_keys_are_unavailable() {
    let world = World::new();
    let runtime = Builder::new_current_thread().build().unwrap();
    let token = world.token("current");
    let verified = runtime.block_on(world.verifier.verify(&Token::new(&token)));
    assert_eq!(verified.unwrap_err().code(), "keys_unavailable");
}

#[tokio::test]
async fn a_client_that_never_answers_is_given_up() {
    let world = World::new();
    world.issuer.close();
    assert_eq!(world.verify_at_once("current"), None);
    world.issuer.asked(1).await;
    world.wait(19);
    assert_eq!(world.verify_at_once("current"), None);
    assert_eq!(world.issuer.count(), 1);
    world.wait(1);
    assert_eq!(world.verify_at_once("current"), None);
    world.issuer.asked(2).await;
    world.issuer.open();
    assert_eq!(world.verify("current").await, "ok");
    settled().await;
    assert_eq!(world.issuer.count(), 2);
}

#[test]
fn a_request_that_ended_with_its_runtime_is_made_again() {
    let world = World::new();
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    world.issuer.close();
    runtime().block_on(async {
        assert_eq!(world.verify_at_once("current"), None);
        world.issuer.asked(1).await;
    });
    world.issuer.open();
    world.wait(1);
    assert_eq!(runtime().block_on(world.verify("current")), "ok");
    assert_eq!(world.issuer.count(), 2);
}
