//! An issuer that asks to be left alone (`Retry-After`, RFC 9110, section 10.2.3): it is, within
//! bounds, and nobody waits for it.

use crate::issuer::Reply;
use crate::world::{World, settled};

/// Seconds that keys are fresh when the issuer does not say, and between two attempts.
const LIFETIME: u64 = 600;
const COOLDOWN: u64 = 30;

/// Seconds until the next request after this answer to the first one, if that is below 400.
async fn cold_pause(reply: Reply) -> Option<u64> {
    let world = World::new();
    world.issuer.say(reply);
    assert_eq!(world.verify("current").await, "keys_unavailable");
    for second in 1..400 {
        world.wait(1);
        let verdict = world.verify("current").await;
        assert_eq!(verdict, "keys_unavailable");
        if world.issuer.count() == 2 {
            return Some(second);
        }
    }
    None
}

/// The same for an answer to a refresh of keys that are known.
async fn warm_pause(reply: Reply) -> Option<u64> {
    let world = World::warm().await;
    world.issuer.say(reply);
    world.wait(LIFETIME);
    assert_eq!(world.verify("current").await, "ok");
    for second in 1..400 {
        world.wait(1);
        assert_eq!(world.verify_at_once("current"), Some("ok"));
        settled().await;
        if world.issuer.count() == 3 {
            return Some(second);
        }
    }
    None
}

fn busy(status: u16, retry_after: &str) -> Reply {
    Reply::new(status, "").with("retry-after", retry_after)
}

#[tokio::test]
async fn a_pause_is_kept_within_a_second_and_a_minute_while_there_are_no_keys() {
    for (asked, pause) in [("0", 1), ("1", 1), ("20", 20), ("60", 60), ("61", 60), ("99999", 60)] {
        assert_eq!(cold_pause(busy(503, asked)).await, Some(pause), "{asked}");
        assert_eq!(cold_pause(busy(429, asked)).await, Some(pause), "{asked}");
    }
}

#[tokio::test]
async fn a_pause_is_kept_within_the_cooldown_and_five_minutes_while_there_are_keys() {
    for (asked, pause) in [("0", COOLDOWN), ("29", COOLDOWN), ("120", 120), ("301", 300)] {
        assert_eq!(warm_pause(busy(503, asked)).await, Some(pause), "{asked}");
    }
}

#[tokio::test]
async fn a_pause_may_be_given_as_a_date() {
    // The clock stands at 2027-01-15T08:00:00Z.
    let reply = busy(503, "Fri, 15 Jan 2027 08:00:45 GMT");
    assert_eq!(cold_pause(reply).await, Some(45));
    let past = busy(503, "Fri, 15 Jan 2027 07:00:00 GMT");
    assert_eq!(cold_pause(past).await, Some(1));
}

#[tokio::test]
async fn what_is_no_pause_changes_nothing() {
    for reply in [
        busy(503, "soon"),
        busy(503, "-5"),
        busy(503, "1.5"),
        busy(503, "99999999999999999999999"),
        Reply::new(503, ""),
        busy(500, "45"),
        busy(404, "45"),
    ] {
        assert_eq!(cold_pause(reply.clone()).await, Some(1), "{reply:?}");
    }
}

#[tokio::test]
async fn nobody_waits_during_a_pause() {
    let world = World::warm().await;
    world.issuer.say(busy(503, "300"));
    world.wait(COOLDOWN);
    assert_eq!(world.verify("unknown").await, "keys_unavailable");
    world.issuer.close();
    world.wait(299);
    assert_eq!(world.verify_at_once("unknown"), Some("keys_unavailable"));
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn a_pause_ends_with_the_next_good_answer() {
    let world = World::new();
    world.issuer.say(busy(503, "60"));
    assert_eq!(world.verify("current").await, "keys_unavailable");
    world.issuer.say(world.published_as("current"));
    world.wait(59);
    assert_eq!(world.verify_at_once("current"), Some("keys_unavailable"));
    world.wait(1);
    assert_eq!(world.verify("current").await, "ok");
    world.issuer.say(world.published_as("next"));
    world.wait(COOLDOWN);
    assert_eq!(world.verify("next").await, "ok");
}
