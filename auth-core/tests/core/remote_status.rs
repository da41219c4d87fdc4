//! Whether keys are there, and how they are doing: at start-up by choice, for health endpoints at
//! any time.

use auth_core::http::HttpError;
use auth_core::{AuthError, Authenticate, Claims, Configured, Gate, Request, Token, Verifier};
use serde_json::json;

use crate::issuer::Reply;
use crate::keys::secret;
use crate::world::{World, settled};
use crate::{NOW, finish};

/// Seconds that keys are fresh when the issuer does not say, and that they are served after that.
const LIFETIME: u64 = 600;
const STALE_LIMIT: u64 = 3600;

/// A provider that is its verifier.
struct Provider(Verifier);

impl Authenticate for Provider {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        self.0.verify(token).await
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.0)
    }
}

/// A provider without a verifier.
struct Bare;

impl Authenticate for Bare {
    type User = Claims;

    async fn authenticate(&self, _: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        Err(AuthError::TokenMissing)
    }
}

#[tokio::test]
async fn ready_fetches_the_keys_before_the_first_token() {
    let world = World::new();
    assert_eq!(world.verifier.ready().await, Ok(()));
    assert_eq!(world.verify_at_once("current"), Some("ok"));
    assert_eq!(world.verifier.ready().await, Ok(()));
    assert_eq!(world.issuer.count(), 1);
}

#[tokio::test]
async fn ready_says_why_there_are_no_keys() {
    let world = World::new();
    world.issuer.say(Reply::Fails(HttpError::Connect));
    let error = world.verifier.ready().await.unwrap_err();
    assert_eq!(error.code(), "keys_unavailable");
    assert!(error.to_string().ends_with("no connection could be made"), "{error}");
    world.issuer.say(world.published_as("current"));
    world.wait(1);
    assert_eq!(world.verifier.ready().await, Ok(()));
}

#[tokio::test]
async fn ready_is_content_with_old_keys_during_an_outage() {
    let world = World::warm().await;
    world.issuer.say(Reply::new(500, ""));
    world.wait(LIFETIME);
    assert_eq!(world.verifier.ready().await, Ok(()));
    world.wait(STALE_LIMIT);
    assert_eq!(world.verifier.ready().await.unwrap_err().code(), "keys_unavailable");
}

#[tokio::test]
async fn keys_that_were_given_are_always_ready() {
    let verifier = finish(Verifier::hmac(&secret()));
    assert_eq!(verifier.ready().await, Ok(()));
    let status = serde_json::to_value(verifier.status()).unwrap();
    let expected = json!({
        "is_ready": true, "is_stale": false, "keys": 1,
        "age_seconds": null, "last_success": null, "last_error": null,
    });
    assert_eq!(status, expected);
}

#[tokio::test]
async fn the_status_before_the_first_token_asks_nobody() {
    let world = World::new();
    let status = world.verifier.status();
    assert!(!status.is_ready && !status.is_stale, "{status:?}");
    assert_eq!((status.keys, status.age_seconds, status.last_error), (0, None, None));
    settled().await;
    assert_eq!(world.issuer.count(), 0);
}

#[tokio::test]
async fn the_status_follows_the_keys_through_an_outage() {
    let world = World::warm().await;
    world.wait(7);
    let fresh = world.verifier.status();
    assert!(fresh.is_ready && !fresh.is_stale, "{fresh:?}");
    assert_eq!((fresh.keys, fresh.age_seconds, fresh.last_success), (1, Some(7), Some(NOW)));
    assert_eq!(fresh.last_error, None);

    world.issuer.say(Reply::new(500, "canary"));
    world.wait(LIFETIME);
    assert_eq!(world.verify("current").await, "ok");
    let stale = world.verifier.status();
    assert!(stale.is_ready && stale.is_stale, "{stale:?}");
    assert_eq!(stale.last_error.as_deref(), Some("the issuer answered 500"));
    assert_eq!((stale.age_seconds, stale.last_success), (Some(LIFETIME + 7), Some(NOW)));

    world.wait(STALE_LIMIT);
    assert_eq!(world.verify("current").await, "keys_unavailable");
    let dead = world.verifier.status();
    assert!(!dead.is_ready && dead.is_stale, "{dead:?}");

    world.issuer.say(world.published_as("current"));
    world.wait(1);
    assert_eq!(world.verify("current").await, "ok");
    let again = world.verifier.status();
    assert!(again.is_ready && !again.is_stale, "{again:?}");
    assert_eq!((again.age_seconds, again.last_error), (Some(0), None));
}

#[tokio::test]
async fn provider_and_gate_pass_both_on() {
    let world = World::new();
    let gate = Gate::new(Configured::new(Provider(world.verifier.clone()), "remote").into_any());
    assert!(!gate.provider().status().unwrap().is_ready);
    assert_eq!(gate.provider().ready().await, Ok(()));
    assert!(gate.provider().status().unwrap().is_ready);
    assert_eq!(world.issuer.count(), 1);
    world.issuer.say(Reply::new(500, ""));
    world.wait(LIFETIME + STALE_LIMIT);
    assert_eq!(gate.provider().ready().await.unwrap_err().code(), "keys_unavailable");
}

#[tokio::test]
async fn a_provider_without_a_verifier_is_ready_and_has_no_status() {
    let provider = Configured::new(Bare, "bare");
    assert_eq!(provider.ready().await, Ok(()));
    assert_eq!(provider.status(), None);
}
