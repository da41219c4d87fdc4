//! Keys at an address that the issuer says itself: when its description is read, how long it is
//! kept, and whom an outage of it concerns.

use std::sync::Arc;
use std::time::Duration;

use auth_core::Verifier;
use auth_core::clock::ManualClock;
use auth_core::http::HttpError;
use auth_core::jwt::KeySource;
use futures_util::FutureExt as _;
use serde_json::json;
use tokio::task::JoinSet;

use crate::issuer::{Issuer, Reply};
use crate::keys::Pair;
use crate::world::{ALGORITHM, around, lasting_claims, settled, verify};
use crate::{AUDIENCE, ISSUER, NOW};

const DOCUMENT: &str = "https://issuer.example/.well-known/openid-configuration";
const KEYS: &str = "https://keys.example/set";
const MOVED: &str = "https://elsewhere.example/set";

/// Seconds that a description, and keys, are trusted when the issuer does not say.
const DOCUMENT_LIFETIME: u64 = 3600;
const LIFETIME: u64 = 600;
const DAY: u64 = 86_400;

/// A verifier that discovers, its issuer, its clock, and the key that the issuer publishes.
struct World {
    issuer: Arc<Issuer>,
    clock: Arc<ManualClock>,
    verifier: Verifier,
    key: Pair,
}

/// A description that names this address.
fn naming(url: &str) -> Reply {
    Reply::new(200, json!({"issuer": ISSUER, "jwks_uri": url}).to_string())
}

impl World {
    fn new() -> Self {
        let key = Pair::ours(ALGORITHM);
        let issuer = Issuer::new(Reply::new(404, ""));
        issuer.say_at(DOCUMENT, naming(KEYS));
        issuer.say_at(KEYS, Reply::keys([key.jwk(ALGORITHM, "current")]));
        let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
        let builder = Verifier::discover(ISSUER).algorithms([ALGORITHM]).audience(AUDIENCE);
        let verifier = builder.build_in(&around(&issuer, &clock)).unwrap();
        Self { issuer, clock, verifier, key }
    }

    async fn warm() -> Self {
        let world = Self::new();
        assert_eq!(world.verify().await, "ok");
        assert_eq!(world.asked(), (1, 1));
        world
    }

    /// How often the description was asked for, and the keys at their first address.
    fn asked(&self) -> (usize, usize) {
        (self.issuer.count_at(DOCUMENT), self.issuer.count_at(KEYS))
    }

    async fn verify(&self) -> &'static str {
        self.verify_as("current").await
    }

    async fn verify_as(&self, id: &str) -> &'static str {
        let token = self.key.sign(ALGORITHM, Some(id), &lasting_claims());
        verify(&self.verifier, &token).await
    }

    fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// The issuer publishes its keys at another address, and says so.
    fn move_keys(&self, id: &str) {
        self.issuer.say_at(MOVED, Reply::keys([self.key.jwk(ALGORITHM, id)]));
        self.issuer.say_at(DOCUMENT, naming(MOVED));
    }
}

#[tokio::test]
async fn the_description_leads_to_the_keys() {
    let world = World::warm().await;
    let document = world.issuer.asked(1).await;
    assert_eq!((document.method.as_str(), document.url.as_str()), ("GET", DOCUMENT));
    assert_eq!(document.headers["accept"], "application/json");
    assert_eq!((document.timeout, document.max_body), (Duration::from_secs(5), 64 * 1024));
    assert_eq!(document.headers.len(), 1);
    assert_eq!(world.issuer.asked(2).await.url.as_str(), KEYS);
    assert_eq!(world.verifier.issuers(), [ISSUER]);
    let source = world.verifier.key_source();
    assert!(matches!(source, KeySource::Discovered(url) if url.as_str() == DOCUMENT));
    let shown = "Discovered(issuer.example/.well-known/openid-configuration)";
    assert_eq!(format!("{source:?}"), shown);
}

#[tokio::test]
async fn a_token_of_another_issuer_is_refused() {
    let world = World::warm().await;
    let mut claims = lasting_claims();
    claims["iss"] = json!("https://issuer.example");
    let token = world.key.sign(ALGORITHM, Some("current"), &claims);
    assert_eq!(verify(&world.verifier, &token).await, "issuer_mismatch");
}

#[tokio::test]
async fn ten_thousand_first_callers_cost_one_description_and_one_key_set() {
    let world = Arc::new(World::new());
    world.issuer.close();
    let mut callers = JoinSet::new();
    for _ in 0..10_000 {
        let world = Arc::clone(&world);
        callers.spawn(async move { world.verify().await });
    }
    world.issuer.asked(1).await;
    world.issuer.open();
    assert_eq!(callers.join_all().await, vec!["ok"; 10_000]);
    assert_eq!(world.asked(), (1, 1));
}

#[tokio::test]
async fn a_first_caller_who_goes_away_harms_nobody() {
    let world = World::new();
    world.issuer.close();
    assert_eq!(world.verify().now_or_never(), None);
    world.issuer.asked(1).await;
    world.issuer.open();
    settled().await;
    assert_eq!(world.verify().now_or_never(), Some("ok"));
    assert_eq!(world.asked(), (1, 1));
}

#[tokio::test]
async fn the_description_is_read_again_with_the_keys_after_its_lifetime() {
    let world = World::warm().await;
    world.wait(DOCUMENT_LIFETIME - 1);
    assert_eq!(world.verify().await, "ok");
    assert_eq!(world.asked(), (1, 2));
    world.wait(1);
    assert_eq!(world.verify().now_or_never(), Some("ok"));
    assert_eq!(world.asked(), (1, 2));
    world.wait(LIFETIME);
    assert_eq!(world.verify().await, "ok");
    assert_eq!(world.asked(), (2, 3));
}

#[tokio::test]
async fn the_issuer_says_how_long_its_description_lives_within_five_minutes_and_a_day() {
    for (directives, lifetime) in [
        ("max-age=0", 300),
        ("max-age=43200", 43_200),
        ("max-age=9999999", DAY),
        ("no-cache", DOCUMENT_LIFETIME),
    ] {
        let world = World::new();
        world.issuer.say_at(DOCUMENT, naming(KEYS).cached(directives));
        assert_eq!(world.verify().await, "ok");
        for (seconds, documents) in [(lifetime - 1, 1), (1, 2)] {
            world.wait(seconds);
            // Asks for keys whatever their age, if the last request was not just now.
            if seconds == 1 {
                world.wait(30);
            }
            assert_eq!(world.verify_as("unknown").await, "key_not_found");
            assert_eq!(world.asked().0, documents, "{directives}");
        }
    }
}

#[tokio::test]
async fn a_description_that_has_not_changed_lives_on() {
    let world = World::new();
    world.issuer.say_at(DOCUMENT, naming(KEYS).with("etag", "\"d1\""));
    assert_eq!(world.verify().await, "ok");
    world.issuer.say_at(DOCUMENT, Reply::new(304, ""));
    world.wait(DOCUMENT_LIFETIME);
    assert_eq!(world.verify().await, "ok");
    assert_eq!(world.asked(), (2, 2));
    assert_eq!(world.issuer.asked(3).await.headers["if-none-match"], "\"d1\"");
    assert_eq!(world.verifier.status().last_error, None);
}

#[tokio::test]
async fn keys_that_moved_are_followed_once_the_description_says_so() {
    let world = World::new();
    let keys = Reply::keys([world.key.jwk(ALGORITHM, "current")]).with("etag", "\"k1\"");
    world.issuer.say_at(KEYS, keys);
    assert_eq!(world.verify().await, "ok");
    world.move_keys("moved");
    world.wait(DOCUMENT_LIFETIME);
    assert_eq!(world.verify_as("moved").await, "ok");
    assert_eq!(world.verify().await, "key_not_found");
    // What was known of one address is not said to another.
    let moved = world.issuer.asked(4).await;
    assert_eq!((moved.url.as_str(), moved.headers.len()), (MOVED, 1));
}

#[tokio::test]
async fn keys_are_not_followed_through_another_issuers_description() {
    let world = World::warm().await;
    world.move_keys("moved");
    let forged = json!({"issuer": "https://evil.example/", "jwks_uri": MOVED}).to_string();
    world.issuer.say_at(DOCUMENT, Reply::new(200, forged));
    world.wait(DOCUMENT_LIFETIME);
    assert_eq!(world.verify_as("moved").await, "key_not_found");
    assert_eq!(world.verify().await, "ok");
    assert_eq!((world.issuer.count_at(MOVED), world.asked()), (0, (2, 2)));
    let error = world.verifier.status().last_error;
    assert_eq!(error.as_deref(), Some("the discovery document is another issuer's"));
}

#[tokio::test]
async fn an_outage_of_the_description_denies_nobody_for_a_day() {
    let world = World::warm().await;
    world.issuer.say_at(DOCUMENT, Reply::Fails(HttpError::Timeout));
    let mut waited = 0;
    while waited < DOCUMENT_LIFETIME + DAY - LIFETIME {
        world.wait(LIFETIME);
        waited += LIFETIME;
        assert_eq!(world.verify().await, "ok", "after {waited} s");
    }
    // Then the address is forgotten, and after another hour and a bit the keys.
    world.wait(LIFETIME);
    assert_eq!(world.verify().await, "ok");
    world.wait(LIFETIME + 3600);
    assert_eq!(world.verify().await, "keys_unavailable");
    world.issuer.say_at(DOCUMENT, naming(KEYS));
    world.wait(1);
    assert_eq!(world.verify().await, "ok");
    assert_eq!(world.verifier.status().last_error, None);
}

#[tokio::test]
async fn a_description_that_is_down_is_asked_for_once_in_a_while() {
    let world = World::warm().await;
    world.wait(DOCUMENT_LIFETIME);
    world.issuer.say_at(DOCUMENT, Reply::new(503, "").with("retry-after", "9999"));
    for round in 0..10 {
        assert_eq!(world.verify_as("unknown").await, "key_not_found", "{round}");
        world.wait(30);
    }
    // Ten refreshes of the keys in 300 s, and one request for the description.
    assert_eq!(world.asked(), (2, 11));
    assert_eq!(world.verify_as("unknown").await, "key_not_found");
    assert_eq!(world.asked(), (3, 12));
}

#[tokio::test]
async fn a_failure_at_the_start_is_tried_again_after_a_second() {
    let world = World::new();
    world.issuer.say_at(DOCUMENT, Reply::new(500, ""));
    for _ in 0..100 {
        assert_eq!(world.verify().await, "keys_unavailable");
    }
    assert_eq!(world.asked(), (1, 0));
    assert_eq!(world.verifier.ready().await.unwrap_err().code(), "keys_unavailable");
    world.issuer.say_at(DOCUMENT, naming(KEYS));
    world.wait(1);
    assert_eq!(world.verifier.ready().await, Ok(()));
    assert_eq!(world.asked(), (2, 1));
}

#[tokio::test]
async fn an_issuer_that_asks_to_be_left_alone_is() {
    let world = World::new();
    world.issuer.say_at(DOCUMENT, Reply::new(503, "").with("retry-after", "20"));
    assert_eq!(world.verify().await, "keys_unavailable");
    world.wait(19);
    assert_eq!(world.verify().await, "keys_unavailable");
    assert_eq!(world.asked(), (1, 0));
    world.wait(1);
    assert_eq!(world.verify().await, "keys_unavailable");
    assert_eq!(world.asked(), (2, 0));
}

#[tokio::test]
async fn keys_that_are_down_do_not_cost_the_description() {
    let world = World::new();
    world.issuer.say_at(KEYS, Reply::new(500, ""));
    for attempts in 1..5 {
        assert_eq!(world.verify().await, "keys_unavailable");
        assert_eq!(world.asked(), (1, attempts));
        world.wait(1);
    }
}
