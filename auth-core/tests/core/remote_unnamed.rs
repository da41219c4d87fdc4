//! An issuer that names none of its keys: how a new one is noticed, and what junk can cause.

use auth_core::Algorithm;
use futures_util::FutureExt as _;
use serde_json::Value;

use crate::issuer::Reply;
use crate::keys::Pair;
use crate::world::{ALGORITHM, World, lasting_claims, settled, verify};

/// Seconds between two requests that strangers' tokens can cause.
const COOLDOWN: u64 = 30;

fn unnamed(key: &Pair) -> Value {
    let mut jwk = key.jwk(ALGORITHM, "");
    jwk.as_object_mut().unwrap().remove("kid");
    jwk
}

fn token_of(key: &Pair) -> String {
    key.sign(ALGORITHM, None, &lasting_claims())
}

/// A world whose issuer publishes its key without a name, after the first token.
async fn warm() -> World {
    let world = World::new();
    world.issuer.say(Reply::keys([unnamed(&world.key)]));
    assert_eq!(verify(&world.verifier, &token_of(&world.key)).await, "ok");
    world
}

#[tokio::test]
async fn a_new_key_without_a_name_is_found_once_the_cooldown_has_passed() {
    let world = warm().await;
    let next = Pair::stranger(ALGORITHM);
    world.issuer.say(Reply::keys([unnamed(&next)]));
    assert_eq!(verify(&world.verifier, &token_of(&next)).await, "signature_invalid");
    assert_eq!(world.issuer.count(), 1);
    world.wait(COOLDOWN);
    assert_eq!(verify(&world.verifier, &token_of(&next)).await, "ok");
    assert_eq!(verify(&world.verifier, &token_of(&world.key)).await, "signature_invalid");
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn old_and_new_keys_without_names_both_work_while_both_are_published() {
    let world = warm().await;
    let next = Pair::stranger(ALGORITHM);
    world.issuer.say(Reply::keys([unnamed(&world.key), unnamed(&next)]));
    world.wait(COOLDOWN);
    for key in [&next, &world.key] {
        assert_eq!(verify(&world.verifier, &token_of(key)).await, "ok");
    }
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn wrong_signatures_cause_one_request_a_cooldown() {
    let world = warm().await;
    let forged = token_of(&Pair::stranger(ALGORITHM));
    for (seconds, requests) in [(0, 1), (COOLDOWN - 1, 1), (1, 2), (COOLDOWN, 3)] {
        world.wait(seconds);
        for _ in 0..100 {
            assert_eq!(verify(&world.verifier, &forged).await, "signature_invalid");
        }
        assert_eq!(world.issuer.count(), requests);
    }
    assert_eq!(verify(&world.verifier, &token_of(&world.key)).await, "ok");
}

#[tokio::test]
async fn good_tokens_do_not_wait_while_a_wrong_one_is_looked_into() {
    let world = warm().await;
    world.wait(COOLDOWN);
    world.issuer.close();
    let (forged, good) = (token_of(&Pair::stranger(ALGORITHM)), token_of(&world.key));
    let mut looked_into = Box::pin(verify(&world.verifier, &forged));
    assert_eq!((&mut looked_into).now_or_never(), None);
    assert_eq!(verify(&world.verifier, &good).now_or_never(), Some("ok"));
    world.issuer.open();
    assert_eq!(looked_into.await, "signature_invalid");
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn keys_with_names_are_never_asked_for_because_of_a_signature() {
    let world = World::warm().await;
    world.wait(COOLDOWN);
    let forged = Pair::stranger(ALGORITHM).sign(ALGORITHM, None, &lasting_claims());
    assert_eq!(verify(&world.verifier, &forged).await, "signature_invalid");
    let named = Pair::stranger(ALGORITHM).sign(ALGORITHM, Some("current"), &lasting_claims());
    assert_eq!(verify(&world.verifier, &named).await, "signature_invalid");
    settled().await;
    assert_eq!(world.issuer.count(), 1);
}

#[tokio::test]
async fn one_name_among_the_keys_is_enough_to_ask_by_name() {
    let world = World::new();
    let other = Pair::stranger(ALGORITHM);
    world.issuer.say(Reply::keys([unnamed(&other), world.key.jwk(ALGORITHM, "current")]));
    assert_eq!(world.verify("current").await, "ok");
    world.wait(COOLDOWN);
    // Two keys fit a token that names none: neither is tried, and nobody is asked.
    assert_eq!(verify(&world.verifier, &token_of(&other)).await, "key_not_found");
    assert_eq!(world.issuer.count(), 1);
}

#[tokio::test]
async fn during_an_outage_nobody_knows_whether_the_signature_is_wrong() {
    let world = warm().await;
    world.issuer.say(Reply::new(500, ""));
    world.wait(COOLDOWN);
    let forged = token_of(&Pair::stranger(ALGORITHM));
    assert_eq!(verify(&world.verifier, &forged).await, "keys_unavailable");
    assert_eq!(verify(&world.verifier, &token_of(&world.key)).await, "ok");
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn a_name_that_no_key_has_is_unknown() {
    let world = warm().await;
    assert_eq!(world.verify("current").await, "key_not_found");
    world.wait(COOLDOWN);
    assert_eq!(world.verify("current").await, "key_not_found");
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn at_most_four_keys_without_names_are_tried() {
    let world = World::new();
    let mut keys: Vec<_> = (0..4).map(|_| unnamed(&Pair::stranger(Algorithm::EdDSA))).collect();
    keys.push(unnamed(&world.key));
    world.issuer.say(Reply::keys(keys.clone()));
    assert_eq!(verify(&world.verifier, &token_of(&world.key)).await, "signature_invalid");
    keys.swap(3, 4);
    world.issuer.say(Reply::keys(keys));
    world.wait(COOLDOWN);
    assert_eq!(verify(&world.verifier, &token_of(&world.key)).await, "ok");
}
