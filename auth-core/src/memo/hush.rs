//! How often the log hears of trouble: once a second, whatever strangers send.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::clock::Clock;

/// The least time between two warnings.
const LEAST: Duration = Duration::from_secs(1);

/// Until when nothing is said.
#[derive(Default)]
pub(crate) struct Hush(Mutex<Duration>);

impl Hush {
    /// Whether a warning is due; if so, none is for a while.
    pub(crate) fn is_over(&self, clock: &dyn Clock) -> bool {
        let now = clock.monotonic();
        let mut until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = now >= *until;
        if is_over {
            *until = now.saturating_add(LEAST);
        }
        is_over
    }
}
