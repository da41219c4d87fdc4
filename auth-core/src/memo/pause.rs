//! When somebody in trouble is left alone: how long they ask for in, whether to ask them now out.
//!
//! Who says when to come back is believed, within bounds; who does not is left alone for a second.
//! Callers hear at once why, instead of queueing; none waits for a pause to end. It shuts out every
//! caller, so that only trouble which no single caller can cause may begin it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::clock::Clock;

/// How long somebody in trouble is left alone, unless they say how long: within these bounds.
const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_mins(1);

/// Until when they are left alone, and why.
pub(crate) struct Pause<R> {
    clock: Arc<dyn Clock>,
    closed: Mutex<Option<(Duration, R)>>,
}

impl<R: Clone> Pause<R> {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, closed: Mutex::new(None) }
    }

    /// Whether they may be asked now, or why not.
    pub(crate) fn check(&self) -> Result<(), R> {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        match &*closed {
            Some((until, reason)) if self.clock.monotonic() < *until => Err(reason.clone()),
            _ => Ok(()),
        }
    }

    /// Leaves them alone for as long as they ask, within bounds. A longer pause stands.
    pub(crate) fn begin(&self, asked: Duration, reason: R) {
        let until = self.clock.monotonic().saturating_add(asked.clamp(SHORTEST, LONGEST));
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        if closed.as_ref().is_none_or(|(other, _)| *other < until) {
            *closed = Some((until, reason));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    #[test]
    fn a_longer_pause_stands_and_of_two_as_long_the_first() {
        let clock = Arc::new(ManualClock::at(Duration::ZERO));
        let pause = Pause::new(Arc::<ManualClock>::clone(&clock));
        for (seconds, reason) in [(10, "first"), (10, "as long"), (9, "shorter")] {
            pause.begin(Duration::from_secs(seconds), reason);
            assert_eq!(pause.check(), Err("first"));
        }
        pause.begin(Duration::from_secs(11), "longer");
        assert_eq!(pause.check(), Err("longer"));
        clock.advance(Duration::from_secs(11));
        assert_eq!(pause.check(), Ok(()));
    }
}
