//! Numbers: each decision and each fetch of keys is counted under its published name.

use std::collections::BTreeMap;

use auth_core::metrics::{DECISION_DURATION, DECISIONS, KEY_FETCHES, KEYS_FETCHED_AT};
use auth_core::{AuthError, Authenticate, Claims, Configured, Gate, Request, Token, Verifier};
use metrics_util::debugging::{DebugValue, DebuggingRecorder};

use crate::issuer::Reply;
use crate::world::World;

struct Acme(Verifier);

impl Authenticate for Acme {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        self.0.verify(token).await
    }
}

/// What was recorded: name and labels, and the value.
fn recorded(work: impl FnOnce()) -> BTreeMap<String, DebugValue> {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    metrics::with_local_recorder(&recorder, work);
    let all = snapshotter.snapshot().into_vec().into_iter();
    all.map(|(key, _, _, value)| {
        let (name, labels) = key.key().clone().into_parts();
        let labels = labels.iter().map(|label| format!(" {}={}", label.key(), label.value()));
        (format!("{}{}", name.as_str(), labels.collect::<String>()), value)
    })
    .collect()
}

#[test]
fn decisions_and_fetches_are_counted_under_their_names() {
    let values = recorded(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let world = World::new();
            world.issuer.say(Reply::new(500, "canary"));
            let gate = Gate::new(Configured::new(Acme(world.verifier.clone()), "acme"));
            let header = format!("Bearer {}", world.token("current"));
            let request =
                http::Request::get("/orders/7").header("authorization", header).body(()).unwrap();
            assert!(gate.decide(&Request::from(&request)).await.denial().is_some());
            world.issuer.say(world.published_as("current"));
            world.wait(1);
            assert!(gate.decide(&Request::from(&request)).await.denial().is_none());
        });
    });
    let count = |name: String| match values.get(&name) {
        Some(DebugValue::Counter(count)) => *count,
        other => panic!("{name}: {other:?} in {values:?}"),
    };
    assert_eq!(count(format!("{DECISIONS} provider=acme code=keys_unavailable")), 1);
    assert_eq!(count(format!("{DECISIONS} provider=acme code=allowed")), 1);
    assert_eq!(count(format!("{KEY_FETCHES} host=issuer.example outcome=failed")), 1);
    assert_eq!(count(format!("{KEY_FETCHES} host=issuer.example outcome=ok")), 1);
    assert!(values.contains_key(&format!("{KEYS_FETCHED_AT} host=issuer.example")), "{values:?}");
    let durations = &values[&format!("{DECISION_DURATION} provider=acme")];
    assert!(matches!(durations, DebugValue::Histogram(all) if all.len() == 2), "{durations:?}");
}
