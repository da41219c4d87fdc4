//! What time it is. The only file that asks the operating system.
//!
//! Time is a parameter, so that tests cross an expiry without waiting for it. Next: `http`.

use std::fmt::Debug;
use std::sync::LazyLock;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A source of time.
pub trait Clock: Debug + Send + Sync + 'static {
    /// The time since 1970-01-01T00:00:00Z, which token times are compared with.
    fn unix(&self) -> Duration;

    /// The time since some fixed moment, which never goes back: for the age of caches.
    fn monotonic(&self) -> Duration;
}

/// The clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn unix(&self) -> Duration {
        // A clock before 1970 is broken: at the end of time every token has expired.
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::MAX)
    }

    fn monotonic(&self) -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        START.elapsed()
    }
}

/// A clock that stands still until it is told to move.
///
/// ```
/// use auth_core::clock::{Clock, ManualClock};
/// use std::time::Duration;
///
/// let clock = ManualClock::at(Duration::from_secs(1_800_000_000));
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.unix().as_secs(), 1_800_000_060);
/// assert_eq!(clock.monotonic().as_secs(), 60);
/// ```
#[derive(Debug)]
pub struct ManualClock {
    start: Duration,
    elapsed: Mutex<Duration>,
}

impl ManualClock {
    /// A clock that shows this time since 1970.
    pub const fn at(unix: Duration) -> Self {
        Self { start: unix, elapsed: Mutex::new(Duration::ZERO) }
    }

    /// Moves forward.
    pub fn advance(&self, by: Duration) {
        let mut elapsed = self.elapsed.lock().unwrap_or_else(PoisonError::into_inner);
        *elapsed = elapsed.saturating_add(by);
    }
}

impl Clock for ManualClock {
    fn unix(&self) -> Duration {
        self.start.saturating_add(self.monotonic())
    }

    fn monotonic(&self) -> Duration {
        *self.elapsed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
