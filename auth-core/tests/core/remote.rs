//! Remote keys while the issuer is well: how often it is asked, by whom, and who waits for it.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::Clock as _;
use auth_core::{Algorithm, Token};
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use serde_json::json;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::good_claims;
use crate::issuer::Reply;
use crate::keys::{Pair, b64, mac_over};
use crate::world::{KEYS_URL, World, settled, verifier, verify};

/// Seconds that keys are fresh when the issuer does not say, and when they are refreshed.
const LIFETIME: u64 = 600;
const DUE: u64 = 480;

/// Seconds between two requests that strangers' tokens can cause.
const COOLDOWN: u64 = 30;

#[tokio::test]
async fn asks_for_the_key_set_within_limits() {
    let world = World::warm().await;
    let request = world.issuer.asked(1).await;
    assert_eq!((request.method.as_str(), request.url.as_str()), ("GET", KEYS_URL));
    assert_eq!(request.headers["accept"], "application/jwk-set+json, application/json");
    assert_eq!((request.timeout, request.max_body), (Duration::from_secs(5), 256 * 1024));
    assert_eq!(request.headers.len(), 1);
}

#[tokio::test]
async fn asks_nobody_before_the_first_token() {
    let world = World::new();
    settled().await;
    assert_eq!(world.issuer.count(), 0);
}

#[tokio::test]
async fn ten_thousand_waiting_callers_cost_one_request() {
    let world = Arc::new(World::new());
    world.issuer.close();
    let arrivals = Arc::new(watch::Sender::new(0));
    let mut callers = JoinSet::new();
    for _ in 0..10_000 {
        let (world, arrivals) = (Arc::clone(&world), Arc::clone(&arrivals));
        callers.spawn(async move {
            // On one thread, whoever arrives goes on at once and waits for the keys.
            arrivals.send_modify(|count| *count += 1);
            world.verify("current").await
        });
    }
    arrivals.subscribe().wait_for(|count| *count == 10_000).await.unwrap();
    world.issuer.asked(1).await;
    assert!(callers.try_join_next().is_none());
    world.issuer.open();
    assert_eq!(callers.join_all().await, vec!["ok"; 10_000]);
    assert_eq!(world.issuer.count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_on_several_threads_cost_one_request() {
    let world = Arc::new(World::new());
    let callers = (0..1000).map(|_| {
        let world = Arc::clone(&world);
        tokio::spawn(async move { world.verify("current").await })
    });
    for verdict in join_all(callers.collect::<Vec<_>>()).await {
        assert_eq!(verdict.unwrap(), "ok");
    }
    assert_eq!(world.issuer.count(), 1);
}

#[tokio::test]
async fn a_request_goes_on_when_the_first_to_ask_goes_away() {
    let world = World::new();
    world.issuer.close();
    assert_eq!(world.verify_at_once("current"), None);
    world.issuer.asked(1).await;
    world.issuer.open();
    settled().await;
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    assert_eq!(world.issuer.count(), 1);
}

#[tokio::test]
async fn whoever_joined_is_served_although_the_first_to_ask_went_away() {
    let world = World::new();
    world.issuer.close();
    let mut first = Box::pin(world.verify("current"));
    assert_eq!(poll_once(&mut first), None);
    world.issuer.asked(1).await;
    let mut second = Box::pin(world.verify("current"));
    assert_eq!(poll_once(&mut second), None);
    drop(first);
    world.issuer.open();
    assert_eq!(second.await, "ok");
    assert_eq!(world.issuer.count(), 1);
}

fn poll_once<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    future.now_or_never()
}

#[tokio::test]
async fn a_thousand_made_up_key_ids_cost_one_request_a_cooldown() {
    let world = World::warm().await;
    for (seconds, requests) in [(0, 1), (COOLDOWN - 1, 1), (1, 2), (COOLDOWN, 3)] {
        world.wait(seconds);
        for n in 0..1000 {
            assert_eq!(world.verify(&format!("made-up-{n}")).await, "key_not_found");
        }
        assert_eq!(world.issuer.count(), requests);
    }
    assert_eq!(world.verify("current").await, "ok");
}

#[tokio::test]
async fn a_new_key_is_found_once_the_cooldown_has_passed() {
    let world = World::warm().await;
    world.issuer.say(world.published_as("next"));
    assert_eq!(world.verify("next").await, "key_not_found");
    world.wait(COOLDOWN);
    assert_eq!(world.verify("next").await, "ok");
    assert_eq!(world.verify("current").await, "key_not_found");
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn known_keys_are_served_while_an_unknown_one_is_looked_for() {
    let world = World::warm().await;
    world.wait(COOLDOWN);
    world.issuer.close();
    assert_eq!(world.verify_at_once("unknown"), None);
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    world.issuer.open();
    settled().await;
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn a_wrong_signature_asks_for_no_other_keys() {
    let world = World::warm().await;
    world.wait(COOLDOWN);
    let stranger = Pair::stranger(Algorithm::EdDSA);
    let forged = stranger.sign(Algorithm::EdDSA, Some("current"), &good_claims());
    assert_eq!(verify(&world.verifier, &forged).await, "signature_invalid");
    settled().await;
    assert_eq!(world.issuer.count(), 1);
}

#[tokio::test]
async fn keys_are_refreshed_before_anybody_has_to_wait() {
    let world = World::warm().await;
    world.wait(DUE - 1);
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    settled().await;
    assert_eq!(world.issuer.count(), 1);

    world.wait(2);
    world.issuer.close();
    for _ in 0..100 {
        assert_eq!(world.verify_at_once("current"), Some("ok"));
    }
    world.issuer.asked(2).await;
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    world.issuer.open();
    settled().await;
    assert_eq!(world.issuer.count(), 2);

    // The new keys have a lifetime of their own.
    world.wait(DUE - 1);
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    settled().await;
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn keys_past_their_lifetime_are_fetched_again_before_they_are_used() {
    let world = World::warm().await;
    world.wait(LIFETIME);
    world.issuer.say(world.published_as("next"));
    assert_eq!(world.verify_at_once("current"), None);
    assert_eq!(world.verify("current").await, "key_not_found");
    assert_eq!(world.verify("next").await, "ok");
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn the_issuer_says_how_long_its_keys_live_within_bounds() {
    for (directives, lifetime) in [
        ("max-age=0", 300),
        ("no-store, max-age=299", 300),
        ("public, max-age=1200, must-revalidate", 1200),
        ("Max-Age=\"1200\"", 1200),
        ("max-age=86400", 3600),
        ("max-age=18446744073709551615", 3600),
        ("max-age=-1", LIFETIME),
        ("max-age=soon", LIFETIME),
        ("s-maxage=1200", LIFETIME),
        ("no-cache", LIFETIME),
    ] {
        let world = World::new();
        world.issuer.say(world.published_as("current").cached(directives));
        assert_eq!(lifetime_in(&world).await, Some(lifetime), "{directives}");
    }
}

#[tokio::test]
async fn keys_that_aged_on_the_way_live_shorter() {
    for (age, lifetime) in [("0", 1200), ("600", 600), ("1000", 300), ("9999", 300), ("old", 1200)]
    {
        let world = World::new();
        let reply = world.published_as("current").cached("max-age=1200").with("age", age);
        world.issuer.say(reply);
        assert_eq!(lifetime_in(&world).await, Some(lifetime), "{age}");
    }
}

/// How long the keys live that the first token fetches, if it is one of four lengths: they are
/// refreshed after four fifths of it, and not a second before.
async fn lifetime_in(world: &World) -> Option<u64> {
    assert_eq!(world.verify("current").await, "ok");
    for lifetime in [300, 600, 1200, 3600] {
        world.wait(lifetime * 4 / 5 - 1 - world.clock.monotonic().as_secs());
        assert_eq!(world.verify_at_once("current"), Some("ok"));
        settled().await;
        assert_eq!(world.issuer.count(), 1);
        world.wait(2);
        assert_eq!(world.verify_at_once("current"), Some("ok"));
        settled().await;
        if world.issuer.count() == 2 {
            return Some(lifetime);
        }
    }
    None
}

#[tokio::test]
async fn two_verifiers_never_share_keys() {
    let ours = World::new();
    let other = verifier(&ours.issuer, &ours.clock);
    assert_eq!(ours.verify("current").await, "ok");
    let stranger = Pair::stranger(Algorithm::EdDSA);
    ours.issuer.say(Reply::keys([stranger.jwk(Algorithm::EdDSA, "current")]));
    assert_eq!(verify(&other, &ours.token("current")).await, "signature_invalid");
    assert_eq!(ours.verify("current").await, "ok");
    assert_eq!(ours.issuer.count(), 2);
}

#[tokio::test]
async fn clones_of_a_verifier_share_their_keys() {
    let world = World::warm().await;
    let clone = world.verifier.clone();
    assert_eq!(verify(&clone, &world.token("current")).await, "ok");
    assert_eq!(world.issuer.count(), 1);
}

#[tokio::test]
async fn what_can_be_refused_without_a_key_costs_no_request() {
    let world = World::new();
    let token = world.token("current");
    let (_, rest) = token.split_once('.').unwrap();
    let under = |header: serde_json::Value| format!("{}.{rest}", b64(header.to_string()));
    for (token, expected) in [
        (String::new(), "token_malformed"),
        ("a.b".to_owned(), "token_malformed"),
        (format!("{token}.x"), "token_malformed"),
        ("x".repeat(17_000), "token_too_large"),
        (format!("!{token}"), "token_malformed"),
        (under(json!([])), "header_malformed"),
        (under(json!({"alg": "EdDSA", "kid": 7})), "header_malformed"),
        (under(json!({"alg": "EdDSA", "kid": ""})), "key_id_malformed"),
        (under(json!({"alg": "EdDSA", "kid": "x".repeat(257)})), "key_id_malformed"),
        (under(json!({"alg": "none"})), "algorithm_not_allowed"),
        (under(json!({"alg": "RS256"})), "algorithm_not_allowed"),
        (mac_over(r#"{"alg":"HS256"}"#, "{}"), "algorithm_not_allowed"),
        (under(json!({"alg": "EdDSA", "crit": ["b64"], "b64": false})), "critical_header"),
        (under(json!({"alg": "EdDSA", "zip": "DEF"})), "header_malformed"),
        (under(json!({"alg": "EdDSA", "typ": "logout+jwt"})), "type_not_allowed"),
    ] {
        let token = Token::new(&token);
        let refused = world.verifier.verify(&token).await.unwrap_err();
        assert_eq!(refused.code(), expected);
    }
    settled().await;
    assert_eq!(world.issuer.count(), 0);
}
