//! Remote keys that have not changed: what is said of those that we have, and what an issuer may
//! answer to it (RFC 9110, section 13).

use auth_core::Algorithm;
use http::HeaderMap;

use crate::issuer::Reply;
use crate::keys::Pair;
use crate::world::{World, settled, verify};

/// Seconds that keys are fresh when the issuer does not say, and when they are refreshed.
const LIFETIME: u64 = 600;
const DUE: u64 = 480;

/// A world whose first key set came with this header.
async fn after(name: &'static str, value: &str) -> World {
    let world = World::new();
    world.issuer.say(world.published_as("current").with(name, value));
    assert_eq!(world.verify("current").await, "ok");
    world
}

/// The headers of the refresh that is due after so many seconds.
async fn refreshed_after(world: &World, seconds: u64) -> HeaderMap {
    let before = world.issuer.count();
    world.wait(seconds);
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    settled().await;
    assert_eq!(world.issuer.count(), before + 1);
    world.issuer.asked(before + 1).await.headers
}

#[tokio::test]
async fn keys_are_asked_for_by_their_tag() {
    for tag in [r#""v1""#, r#"W/"v1""#, r#""""#] {
        let world = after("etag", tag).await;
        assert_eq!(world.issuer.asked(1).await.headers.len(), 1);
        let headers = refreshed_after(&world, DUE).await;
        assert_eq!(headers["if-none-match"], tag);
        assert!(!headers.contains_key("if-modified-since"));
    }
}

#[tokio::test]
async fn keys_without_a_tag_are_asked_for_by_their_date() {
    let date = "Fri, 15 Jan 2027 08:00:00 GMT";
    let world = after("last-modified", date).await;
    assert_eq!(refreshed_after(&world, DUE).await["if-modified-since"], date);
}

#[tokio::test]
async fn a_tag_is_worth_more_than_a_date() {
    let world = World::new();
    let reply = world.published_as("current").with("etag", r#""v1""#);
    world.issuer.say(reply.with("last-modified", "Fri, 15 Jan 2027 08:00:00 GMT"));
    assert_eq!(world.verify("current").await, "ok");
    let headers = refreshed_after(&world, DUE).await;
    assert_eq!(headers["if-none-match"], r#""v1""#);
    assert!(!headers.contains_key("if-modified-since"));
}

#[tokio::test]
async fn an_absurd_tag_or_date_is_not_repeated() {
    let longest = format!(r#""{}""#, "x".repeat(254));
    let world = after("etag", &longest).await;
    assert_eq!(refreshed_after(&world, DUE).await["if-none-match"], longest);
    let too_long = format!(r#""{}""#, "x".repeat(255));
    for (name, value) in [
        ("etag", too_long.as_str()),
        ("etag", "v1"),
        ("etag", r#"""#),
        ("etag", r#""a"b""#),
        ("etag", r#"w/"v1""#),
        ("last-modified", &"x".repeat(65)),
    ] {
        let world = after(name, value).await;
        let headers = refreshed_after(&world, DUE).await;
        assert_eq!(headers.keys().collect::<Vec<_>>(), ["accept"], "{name}: {value}");
    }
}

#[tokio::test]
async fn keys_that_have_not_changed_live_on() {
    let world = after("etag", r#""v1""#).await;
    world.issuer.say(Reply::new(304, ""));
    for _ in 0..3 {
        world.wait(LIFETIME);
        assert_eq!(world.verify("current").await, "ok");
        assert_eq!(world.verify_at_once("current"), Some("ok"));
    }
    assert_eq!(world.issuer.count(), 4);
    assert_eq!(world.verifier.status().last_error, None);
    // The tag of the first answer is still the one to ask with.
    assert_eq!(world.issuer.asked(4).await.headers["if-none-match"], r#""v1""#);
}

#[tokio::test]
async fn what_has_not_changed_may_get_another_lifetime_and_tag() {
    let world = after("etag", r#""v1""#).await;
    world.issuer.say(Reply::new(304, "").cached("max-age=3600").with("etag", r#""v2""#));
    refreshed_after(&world, DUE).await;
    world.wait(3600 * 4 / 5 - 1);
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    settled().await;
    assert_eq!(world.issuer.count(), 2);
    assert_eq!(refreshed_after(&world, 1).await["if-none-match"], r#""v2""#);
}

#[tokio::test]
async fn the_first_lifetime_stands_where_nothing_else_is_said() {
    let world = World::new();
    let reply = world.published_as("current").with("etag", r#""v1""#);
    world.issuer.say(reply.cached("max-age=3600"));
    assert_eq!(world.verify("current").await, "ok");
    world.issuer.say(Reply::new(304, ""));
    refreshed_after(&world, 3600 * 4 / 5).await;
    world.wait(3600 * 4 / 5 - 1);
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    settled().await;
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn an_answer_without_keys_to_a_request_without_condition_is_a_failure() {
    let world = World::warm().await;
    world.issuer.say(Reply::new(304, ""));
    world.wait(30);
    assert_eq!(world.verify("unknown").await, "keys_unavailable");
    let error = world.verifier.status().last_error;
    assert_eq!(error.as_deref(), Some("the issuer answered 304"));
    assert_eq!(world.verify("current").await, "ok");
}

#[tokio::test]
async fn unchanged_keys_do_not_know_a_new_id() {
    let world = after("etag", r#""v1""#).await;
    world.issuer.say(Reply::new(304, ""));
    world.wait(30);
    assert_eq!(world.verify("unknown").await, "key_not_found");
    assert_eq!(world.verify("current").await, "ok");
}

#[tokio::test]
async fn keys_past_every_limit_live_on_if_the_issuer_says_so() {
    let world = after("etag", r#""v1""#).await;
    world.issuer.say(Reply::new(304, ""));
    world.wait(1_000_000 / 2);
    assert_eq!(world.verify("current").await, "ok");
    assert_eq!(world.issuer.count(), 2);
}

#[tokio::test]
async fn changed_keys_replace_the_old_and_their_tag() {
    let world = after("etag", r#""v1""#).await;
    let stranger = Pair::stranger(Algorithm::EdDSA);
    let reply = Reply::keys([stranger.jwk(Algorithm::EdDSA, "current")]);
    world.issuer.say(reply.with("etag", r#""v2""#));
    world.wait(LIFETIME);
    assert_eq!(verify(&world.verifier, &world.token("current")).await, "signature_invalid");
    world.issuer.say(world.published_as("current"));
    world.wait(LIFETIME);
    assert_eq!(world.verify("current").await, "ok");
    assert_eq!(world.issuer.asked(3).await.headers["if-none-match"], r#""v2""#);
}
