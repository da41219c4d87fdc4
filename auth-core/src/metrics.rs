//! Numbers for dashboards, through the facade `metrics`: what was decided, how long it took, and how
//! fetching keys goes.
//!
//! In: events of the gate and of key sets. Out: calls to whatever recorder the application installed
//! (nothing without one). Labels have few different values: no path, no user, no token is one.
//!
//! | name | kind | labels | what it counts |
//! |---|---|---|---|
//! | `auth_decisions_total` | counter | `provider`, `code` | decisions; `allowed`, `anonymous`, or the code of the refusal |
//! | `auth_decision_duration_seconds` | histogram | `provider` | time to decide, waiting for keys and vendors included |
//! | `auth_key_fetches_total` | counter | `host`, `outcome` | fetches of key sets; `ok` or `failed` |
//! | `auth_keys_fetched_timestamp_seconds` | gauge | `host` | when the newest key set came, since 1970: its age is `time() -` this |

use crate::gate::DecisionEvent;

/// Counts decisions.
pub const DECISIONS: &str = "auth_decisions_total";
/// Measures how long they take, in seconds.
pub const DECISION_DURATION: &str = "auth_decision_duration_seconds";
/// Counts fetches of key sets.
pub const KEY_FETCHES: &str = "auth_key_fetches_total";
/// Tells when the newest key set came, in seconds since 1970.
pub const KEYS_FETCHED_AT: &str = "auth_keys_fetched_timestamp_seconds";

/// What is counted of one provider's decisions. The two that every good request needs are looked up
/// once, so install a recorder before the first request comes.
#[derive(Default)]
pub(crate) struct Meters {
    #[cfg(feature = "metrics")]
    good: std::sync::OnceLock<(metrics::Histogram, metrics::Counter)>,
}

#[cfg(feature = "metrics")]
impl Meters {
    /// Counts a decision.
    pub(crate) fn count(&self, event: &DecisionEvent<'_>) {
        let provider = || event.provider.to_owned();
        let counter = |code: &'static str| metrics::counter!(DECISIONS, "provider" => provider(), "code" => code);
        let (durations, allowed) = self.good.get_or_init(|| {
            (metrics::histogram!(DECISION_DURATION, "provider" => provider()), counter("allowed"))
        });
        durations.record(event.duration.as_secs_f64());
        match event.code() {
            "allowed" => allowed.increment(1),
            code => counter(code).increment(1),
        }
    }
}

#[cfg(not(feature = "metrics"))]
impl Meters {
    pub(crate) const fn count(&self, _: &DecisionEvent<'_>) {}
}

/// A fetch of keys from this host: when it brought some, or nothing.
#[cfg(feature = "metrics")]
pub(crate) fn keys(host: Option<&str>, fetched_at: Option<std::time::Duration>) {
    let host = host.unwrap_or_default().to_owned();
    if let Some(at) = fetched_at {
        metrics::gauge!(KEYS_FETCHED_AT, "host" => host.clone()).set(at.as_secs_f64());
    }
    let outcome = if fetched_at.is_some() { "ok" } else { "failed" };
    metrics::counter!(KEY_FETCHES, "host" => host, "outcome" => outcome).increment(1);
}

#[cfg(not(feature = "metrics"))]
pub(crate) const fn keys(_: Option<&str>, _: Option<std::time::Duration>) {}
