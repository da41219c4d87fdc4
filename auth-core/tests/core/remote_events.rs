//! What a log hears of remote keys: rotations and outages, once each, and nothing that an issuer
//! wrote.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use auth_core::http::HttpError;
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber, span};

use crate::issuer::Reply;
use crate::keys::Pair;
use crate::world::{ALGORITHM, World, settled};

/// Seconds that keys are fresh when the issuer does not say, and between two attempts.
const LIFETIME: u64 = 600;
const COOLDOWN: u64 = 30;

/// Keeps each event of our own as a line: the level, then the fields in their order.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "auth"
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

impl Log {
    /// Listens on this thread, which is where a test and its tasks are.
    pub(crate) fn listen(&self) -> DefaultGuard {
        tracing::subscriber::set_default(self.clone())
    }

    /// The lines since the last time.
    pub(crate) fn lines(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

#[tokio::test]
async fn a_rotation_is_told_once_and_in_numbers() {
    let log = Log::default();
    let _listening = log.listen();
    let world = World::warm().await;
    assert_eq!(log.lines(), [""; 0]);
    let next = Pair::stranger(ALGORITHM).jwk(ALGORITHM, "next");
    world.issuer.say(Reply::keys([world.key.jwk(ALGORITHM, "current"), next]));
    for _ in 0..3 {
        world.wait(COOLDOWN);
        assert_eq!(world.verify("unknown").await, "key_not_found");
    }
    let expected = r#"INFO message=the issuer's keys changed host="issuer.example" keys=2 named=2"#;
    assert_eq!(log.lines(), [expected]);
}

#[tokio::test]
async fn an_outage_is_told_by_what_it_means() {
    let log = Log::default();
    let _listening = log.listen();
    let world = World::new();
    world.issuer.say(Reply::Fails(HttpError::Connect));
    assert_eq!(world.verify("current").await, "keys_unavailable");
    let line = |what: &str| {
        format!("WARN message={what} host=\"issuer.example\" failure=no connection could be made")
    };
    let cold = line("keys could not be fetched, and there are none: nobody is let in");
    assert_eq!(log.lines(), [cold]);

    world.issuer.say(world.published_as("current"));
    world.wait(1);
    assert_eq!(world.verify("current").await, "ok");
    world.issuer.say(Reply::Fails(HttpError::Connect));
    world.wait(LIFETIME - 1);
    assert_eq!(world.verify("current").await, "ok");
    settled().await;
    assert_eq!(log.lines(), [line("keys could not be refreshed ahead of time")]);

    world.wait(COOLDOWN);
    for _ in 0..100 {
        assert_eq!(world.verify("current").await, "ok");
    }
    settled().await;
    assert_eq!(log.lines(), [line("keys could not be refreshed: the old ones serve on")]);

    world.wait(3600);
    assert_eq!(world.verify("current").await, "keys_unavailable");
    let dead = "keys could not be refreshed for too long: nobody is let in";
    assert_eq!(log.lines(), [line(dead)]);
}

#[tokio::test]
async fn no_line_holds_what_the_issuer_wrote() {
    let log = Log::default();
    let _listening = log.listen();
    let world = World::new();
    for reply in [Reply::new(500, "canary"), Reply::new(200, "canary"), Reply::new(418, "canary")] {
        world.issuer.say(reply.with("etag", "\"canary\"").with("retry-after", "canary"));
        assert_eq!(world.verify("canary-id").await, "keys_unavailable");
        world.wait(1);
    }
    let lines = log.lines();
    assert_eq!(lines.len(), 3);
    assert!(!lines.concat().contains("canary"), "{lines:?}");
}

#[tokio::test]
async fn a_private_key_or_a_secret_that_was_published_is_told_of_and_not_shown() {
    let log = Log::default();
    let _listening = log.listen();
    let world = World::new();
    let mut private = Pair::stranger(ALGORITHM).jwk(ALGORITHM, "canary");
    private["d"] = json!("canary");
    let secret = json!({"kty": "oct", "kid": "canary", "k": "canary"});
    let good = world.key.jwk(ALGORITHM, "current");
    world.issuer.say(Reply::keys([good, private, secret]));
    assert_eq!(world.verify("current").await, "ok");
    let line = |index, problem: &str| {
        format!("WARN message=a published key is refused index={index} problem={problem}")
    };
    let private = "it shows its private half: publish public keys, and make a new pair";
    let secret = "it is a shared secret: give it as an `HmacSecret`";
    assert_eq!(log.lines(), [line(1, private), line(2, secret)]);
}
