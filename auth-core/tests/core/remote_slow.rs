//! Remote keys while the issuer takes its time, on a clock that tokio moves: who waits, for how
//! long, and what a late answer can still do.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use auth_core::Verifier;
use auth_core::clock::ManualClock;
use auth_core::http::{HttpClient, HttpError, HttpRequest, HttpResponse};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::issuer::Reply;
use crate::keys::Pair;
use crate::world::{ALGORITHM, KEYS_URL, World, lasting_claims, settled, verify};
use crate::{AUDIENCE, ISSUER, NOW, environment};

/// Seconds that keys are fresh when the issuer does not say, and between two attempts.
const LIFETIME: u64 = 600;
const DUE: u64 = 480;
const COOLDOWN: u64 = 30;

#[tokio::test(start_paused = true)]
async fn whoever_has_an_old_key_to_go_on_with_waits_a_second() {
    let world = World::warm().await;
    world.wait(LIFETIME);
    world.issuer.close();
    let start = Instant::now();
    assert_eq!(world.verify("current").await, "ok");
    assert_eq!(start.elapsed(), Duration::from_secs(1));
    for _ in 0..100 {
        assert_eq!(world.verify_at_once("current"), Some("ok"));
    }
    assert_eq!(world.issuer.count(), 2);
    // The refresh goes on, and what it brings counts.
    world.issuer.say(world.published_as("next"));
    world.issuer.open();
    settled().await;
    assert_eq!(world.verify_at_once("next"), Some("ok"));
    assert_eq!(world.verify_at_once("current"), Some("key_not_found"));
}

#[tokio::test(start_paused = true)]
async fn whoever_has_none_waits_ten_seconds_and_no_longer() {
    let world = World::new();
    world.issuer.close();
    let start = Instant::now();
    assert_eq!(world.verify("current").await, "keys_unavailable");
    assert_eq!(start.elapsed(), Duration::from_secs(10));
    let error = world.verifier.status().last_error;
    assert_eq!(error.as_deref(), Some("there was no answer in time"));
}

#[tokio::test(start_paused = true)]
async fn known_keys_are_served_at_once_while_the_issuer_takes_its_time() {
    let world = World::warm().await;
    world.wait(DUE);
    world.issuer.close();
    for _ in 0..100 {
        assert_eq!(world.verify_at_once("current"), Some("ok"));
    }
    world.issuer.asked(2).await;
    tokio::time::advance(Duration::from_secs(2)).await;
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_slow_answer_is_not_a_failure() {
    let world = World::warm().await;
    world.wait(LIFETIME);
    world.issuer.close();
    assert_eq!(world.verify("current").await, "ok");
    assert_eq!(world.verifier.status().last_error, None);
    assert!(world.verifier.status().is_stale);
    world.issuer.open();
    settled().await;
    assert!(!world.verifier.status().is_stale);
    world.wait(COOLDOWN);
    assert_eq!(world.verify("unknown").await, "key_not_found");
}

#[tokio::test(start_paused = true)]
async fn a_request_is_joined_for_twenty_seconds_and_then_given_up() {
    let world = World::new();
    world.issuer.close();
    assert_eq!(world.verify_at_once("current"), None);
    world.issuer.asked(1).await;
    world.wait(19);
    assert_eq!(world.verify_at_once("current"), None);
    tokio::task::yield_now().await;
    assert_eq!(world.issuer.count(), 1);
    world.wait(1);
    assert_eq!(world.verify_at_once("current"), None);
    world.issuer.asked(2).await;
}

/// An HTTP client whose answers are given by hand, each to its own request.
#[derive(Debug, Default)]
struct ByHand(Mutex<Vec<oneshot::Sender<HttpResponse>>>);

impl ByHand {
    fn answer(&self, request: usize, reply: Reply) {
        let Reply::Answer(answer) = reply else { panic!("an answer") };
        self.0.lock().unwrap().remove(request).send(answer).unwrap();
    }
}

impl HttpClient for ByHand {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        let (answer, answered) = oneshot::channel();
        self.0.lock().unwrap().push(answer);
        Box::pin(async { answered.await.map_err(|_| HttpError::Broken) })
    }
}

/// Two tokens of the new key, and what became of the second: the first one's request was given up
/// after twenty seconds, and is answered last, with this.
async fn late(reply: fn(&Pair) -> Reply) -> (Verifier, Pair, Pair) {
    let (http, clock) = (Arc::new(ByHand::default()), ManualClock::at(Duration::from_secs(NOW)));
    let clock = Arc::new(clock);
    let environment = environment().with_http(Arc::clone(&http) as _);
    let environment = environment.with_clock(Arc::clone(&clock) as _);
    let builder = Verifier::remote(KEYS_URL).algorithms([ALGORITHM]);
    let verifier = builder.issuer(ISSUER).audience(AUDIENCE).build_in(&environment).unwrap();
    let (old, new) = (Pair::ours(ALGORITHM), Pair::stranger(ALGORITHM));
    let token = signed(&new, "key");
    let mut callers = Vec::new();
    for _ in 0..2 {
        clock.advance(Duration::from_secs(20));
        let mut caller = Box::pin(verify(&verifier, &token));
        assert_eq!((&mut caller).now_or_never(), None);
        tokio::task::yield_now().await;
        callers.push(caller);
    }
    http.answer(1, Reply::keys([new.jwk(ALGORITHM, "key")]));
    assert_eq!(callers.pop().unwrap().await, "ok");
    http.answer(0, reply(&old));
    settled().await;
    drop(callers);
    (verifier, old, new)
}

fn signed(key: &Pair, id: &str) -> String {
    key.sign(ALGORITHM, Some(id), &lasting_claims())
}

#[tokio::test]
async fn a_late_answer_does_not_replace_a_newer_one() {
    let (verifier, old, new) = late(|old| Reply::keys([old.jwk(ALGORITHM, "key")])).await;
    assert_eq!(verify(&verifier, &signed(&new, "key")).await, "ok");
    assert_eq!(verify(&verifier, &signed(&old, "key")).await, "signature_invalid");
}

#[tokio::test]
async fn a_late_failure_does_not_hide_a_newer_answer() {
    let (verifier, _, new) = late(|_| Reply::new(500, "")).await;
    assert_eq!(verifier.status().last_error, None);
    assert_eq!(verify(&verifier, &signed(&new, "unknown")).await, "key_not_found");
}
