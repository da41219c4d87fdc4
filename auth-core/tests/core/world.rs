//! A verifier with remote keys, its issuer and its clock, for the tests of both.

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::{Algorithm, Environment, Token, Verifier};
use futures_util::FutureExt as _;
use serde_json::{Value, json};
use tokio::runtime::Handle;

use crate::issuer::{Issuer, Reply};
use crate::keys::Pair;
use crate::{AUDIENCE, ISSUER, NOW, environment};

/// Where the keys are.
pub(crate) const KEYS_URL: &str = "https://issuer.example/keys";

/// The cheapest keys to make.
pub(crate) const ALGORITHM: Algorithm = Algorithm::EdDSA;

/// Nothing here takes a second; who waits this long waits for ever.
const FOR_EVER: Duration = Duration::from_mins(1);

/// One verifier, its issuer, its clock, and the key that the issuer publishes as `current`.
pub(crate) struct World {
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) verifier: Verifier,
    pub(crate) key: Pair,
}

impl World {
    /// The issuer publishes `current`, and nobody asked it yet.
    pub(crate) fn new() -> Self {
        let key = Pair::ours(ALGORITHM);
        let issuer = Issuer::new(Reply::keys([key.jwk(ALGORITHM, "current")]));
        let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
        let verifier = verifier(&issuer, &clock);
        Self { issuer, clock, verifier, key }
    }

    /// The same after the first token, which made the verifier fetch the keys.
    pub(crate) async fn warm() -> Self {
        let world = Self::new();
        assert_eq!(world.verify("current").await, "ok");
        assert_eq!(world.issuer.count(), 1);
        world
    }

    /// A key set that holds the key under this id.
    pub(crate) fn published_as(&self, id: &str) -> Reply {
        Reply::keys([self.key.jwk(ALGORITHM, id)])
    }

    /// A token that names its key so.
    pub(crate) fn token(&self, id: &str) -> String {
        self.key.sign(ALGORITHM, Some(id), &lasting_claims())
    }

    /// What becomes of such a token: `ok`, or the code of the refusal.
    pub(crate) async fn verify(&self, id: &str) -> &'static str {
        verify(&self.verifier, &self.token(id)).await
    }

    /// The same for a caller who does not wait; `None` for one who would have to.
    pub(crate) fn verify_at_once(&self, id: &str) -> Option<&'static str> {
        self.verify(id).now_or_never()
    }

    /// Moves the clock forward.
    pub(crate) fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

/// A verifier that asks this issuer.
pub(crate) fn verifier(issuer: &Arc<Issuer>, clock: &Arc<ManualClock>) -> Verifier {
    Verifier::remote(KEYS_URL)
        .algorithms([ALGORITHM])
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .build_in(&around(issuer, clock))
        .unwrap()
}

/// An environment whose network is this issuer, and whose time is this clock's.
pub(crate) fn around(issuer: &Arc<Issuer>, clock: &Arc<ManualClock>) -> Environment {
    environment()
        .with_http(Arc::<Issuer>::clone(issuer))
        .with_clock(Arc::<ManualClock>::clone(clock))
}

/// What becomes of a token: `ok`, or the code of the refusal.
pub(crate) async fn verify(verifier: &Verifier, token: &str) -> &'static str {
    let token = Token::new(token);
    let outcome = verifier.verify(&token);
    // Outside a runtime there is no timer, and nothing to wait for.
    let outcome = match Handle::try_current() {
        Ok(_) => tokio::time::timeout(FOR_EVER, outcome).await.expect("it does not hang"),
        Err(_) => outcome.await,
    };
    outcome.map_or_else(|error| error.code(), |_| "ok")
}

/// Waits until everything in the background has ended.
pub(crate) async fn settled() {
    while Handle::current().metrics().num_alive_tasks() > 0 {
        tokio::task::yield_now().await;
    }
}

/// Claims that outlive every test.
pub(crate) fn lasting_claims() -> Value {
    json!({"iss": ISSUER, "aud": AUDIENCE, "sub": "user-1", "exp": NOW + 1_000_000})
}
