//! Opaque tokens of an issuer that says itself where it can be asked about them.

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::introspection::Introspection;
use auth_core::{Environment, Token};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::introspection::{ENDPOINT, good_answer};
use crate::issuer::{Issuer, Reply};
use crate::world::around;
use crate::{AUDIENCE, ISSUER, NOW};

const DOCUMENT: &str = "https://issuer.example/.well-known/openid-configuration";

/// An introspection that finds its endpoint, its issuer and its clock.
struct World {
    issuer: Arc<Issuer>,
    clock: Arc<ManualClock>,
    introspection: Introspection,
}

impl World {
    fn new(description: &Value) -> Self {
        let issuer = Issuer::new(Reply::new(404, ""));
        issuer.say_at(DOCUMENT, Reply::new(200, description.to_string()));
        issuer.say_at(ENDPOINT, Reply::new(200, good_answer().to_string()));
        let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
        let introspection = Introspection::discover(ISSUER)
            .client("api", &"s3cret".into())
            .audience(AUDIENCE)
            .build_in(&around(&issuer, &clock))
            .unwrap();
        Self { issuer, clock, introspection }
    }

    async fn verify(&self, token: &str) -> Result<(), String> {
        let verified = self.introspection.verify(&Token::new(token)).await;
        verified.map(drop).map_err(|error| error.to_string())
    }
}

fn described() -> Value {
    json!({"issuer": ISSUER, "introspection_endpoint": ENDPOINT})
}

#[tokio::test]
async fn the_endpoint_is_looked_up_once_and_then_asked() {
    let world = World::new(&described());
    assert_eq!(world.issuer.count(), 0, "nothing is asked before the first token");
    for token in ["first", "second", "first"] {
        assert_eq!(world.verify(token).await, Ok(()));
    }
    assert_eq!((world.issuer.count_at(DOCUMENT), world.issuer.count_at(ENDPOINT)), (1, 2));
}

#[tokio::test]
async fn the_secret_goes_to_the_endpoint_alone() {
    let world = World::new(&described());
    assert_eq!(world.verify("opaque").await, Ok(()));
    let (document, question) = (world.issuer.asked(1).await, world.issuer.asked(2).await);
    assert!(!document.headers.contains_key("authorization"));
    assert!(question.headers.contains_key("authorization"));
    assert_eq!(question.url.as_str(), ENDPOINT);
}

#[tokio::test]
async fn a_description_that_names_no_endpoint_worth_asking_is_an_outage() {
    for (description, reason) in [
        (json!({"issuer": ISSUER}), "has no introspection_endpoint"),
        (json!({"issuer": "https://evil.example/", "introspection_endpoint": ENDPOINT}), "another"),
        (json!({"introspection_endpoint": ENDPOINT}), "names no issuer"),
        (with_endpoint("http://issuer.example/introspect"), "https://"),
        (with_endpoint("https://127.0.0.1/introspect"), "a network of ours"),
        (with_endpoint("https://u:p@issuer.example/introspect"), "user name or password"),
        (with_endpoint("introspect"), "no URL"),
        (json!([]), "no JSON object"),
    ] {
        let world = World::new(&description);
        let error = world.verify("opaque").await.unwrap_err();
        assert!(error.contains(reason), "{reason}: {error}");
        assert_eq!(world.issuer.count_at(ENDPOINT), 0, "{reason}");
    }
}

fn with_endpoint(endpoint: &str) -> Value {
    json!({"issuer": ISSUER, "introspection_endpoint": endpoint})
}

#[tokio::test]
async fn many_tokens_at_once_read_one_description_good_or_bad() {
    let world = World::new(&described());
    let tokens: Vec<_> = (0..20).map(|number| format!("token-{number}")).collect();
    let verified = join_all(tokens.iter().map(|token| world.verify(token))).await;
    assert!(verified.iter().all(Result::is_ok), "{verified:?}");
    assert_eq!(world.issuer.count_at(DOCUMENT), 1);

    let world = World::new(&json!({}));
    let verified = join_all(tokens.iter().map(|token| world.verify(token))).await;
    assert!(verified.iter().all(Result::is_err));
    assert_eq!(world.issuer.count_at(DOCUMENT), 1);
    world.issuer.say_at(DOCUMENT, Reply::new(200, described().to_string()));
    world.clock.advance(Duration::from_secs(2));
    assert_eq!(world.verify("token-0").await, Ok(()), "well again");
}

#[tokio::test]
async fn a_description_that_was_good_serves_on_while_it_cannot_be_had() {
    let world = World::new(&described());
    assert_eq!(world.verify("first").await, Ok(()));
    world.issuer.say_at(DOCUMENT, Reply::new(500, ""));
    world.clock.advance(Duration::from_hours(2));
    world.issuer.say_at(ENDPOINT, Reply::new(200, json!({"active": false}).to_string()));
    let error = world.verify("second").await.unwrap_err();
    assert_eq!(error, "the issuer says that the token is not active");
    assert_eq!(world.issuer.count_at(DOCUMENT), 2);
}

#[test]
fn an_issuer_that_is_no_url_is_a_mistake() {
    let builder = Introspection::discover("issuer.example").client("api", &"s3cret".into());
    let error = builder.audience(AUDIENCE).build_in(&Environment::process()).unwrap_err();
    assert_eq!(error.problems(), ["the issuer is no URL"]);
}
