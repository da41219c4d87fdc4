//! When a vendor is left alone: its trouble in, whether to ask it now out.
//!
//! A vendor that says when to come back is believed, within bounds; one that cannot be reached, or
//! that refuses our key, is left alone for a second, so that callers hear of it at once instead of
//! queueing. A caller never waits for a pause to end. Next: `memo`.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::HeaderMap;

use crate::clock::Clock;
use crate::jwks::retry_after;

/// How long a vendor in trouble is left alone, unless it says how long: within these bounds.
const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_mins(1);

/// Until when it is left alone.
#[derive(Debug, Default)]
pub(super) struct Pause(Mutex<Duration>);

impl Pause {
    /// Whether it may be asked now.
    pub(super) fn is_over(&self, clock: &dyn Clock) -> bool {
        clock.monotonic() >= *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leaves it alone for as long as it says, or for a second. A longer pause stands.
    pub(super) fn begin(&self, headers: Option<&HeaderMap>, clock: &dyn Clock) {
        let asked = headers.and_then(|headers| retry_after(headers, clock.unix()));
        let until =
            clock.monotonic().saturating_add(asked.unwrap_or(SHORTEST).clamp(SHORTEST, LONGEST));
        let mut closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *closed = until.max(*closed);
    }
}
