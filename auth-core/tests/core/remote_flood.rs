//! Remote keys under a flood of tokens: what strangers can make a server do, and what they cannot.

use crate::keys::b64;
use crate::world::{World, settled, verify};
use serde_json::json;

/// Seconds between two requests that strangers' tokens can cause.
const COOLDOWN: u64 = 30;

#[tokio::test]
async fn a_hundred_thousand_made_up_key_ids_cost_one_request_a_cooldown_and_leave_nothing() {
    let world = World::warm().await;
    let token = world.token("current");
    let (_, rest) = token.split_once('.').unwrap();
    let before = world.verifier.status();
    for round in 0..2 {
        world.wait(COOLDOWN);
        for n in 0..50_000 {
            let header = json!({"alg": "EdDSA", "kid": format!("made-up-{round}-{n}")});
            let made_up = format!("{}.{rest}", b64(header.to_string()));
            assert_eq!(verify(&world.verifier, &made_up).await, "key_not_found");
        }
        assert_eq!(world.issuer.count(), 2 + round);
    }
    settled().await;
    let after = world.verifier.status();
    assert_eq!((after.keys, after.last_error), (before.keys, None));
    assert_eq!(world.verify_at_once("current"), Some("ok"));
}

#[tokio::test]
async fn a_flood_does_not_hide_a_rotation() {
    let world = World::warm().await;
    world.issuer.say(world.published_as("next"));
    for second in 0..COOLDOWN {
        for n in 0..10 {
            assert_eq!(world.verify(&format!("made-up-{second}-{n}")).await, "key_not_found");
        }
        assert_eq!(world.verify_at_once("next"), Some("key_not_found"));
        world.wait(1);
    }
    assert_eq!(world.verify("made-up").await, "key_not_found");
    assert_eq!(world.verify_at_once("next"), Some("ok"));
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn an_unknown_id_within_the_cooldown_waits_for_nothing() {
    let world = World::warm().await;
    world.issuer.close();
    for n in 0..100 {
        assert_eq!(world.verify_at_once(&format!("made-up-{n}")), Some("key_not_found"));
    }
    assert_eq!(world.issuer.count(), 1);
}

#[tokio::test]
async fn the_cooldown_of_one_verifier_is_not_another_ones() {
    let (one, other) = (World::warm().await, World::warm().await);
    one.wait(COOLDOWN);
    assert_eq!(one.verify("unknown").await, "key_not_found");
    other.wait(COOLDOWN);
    assert_eq!(other.verify("unknown").await, "key_not_found");
    assert_eq!((one.issuer.count(), other.issuer.count()), (2, 2));
}
