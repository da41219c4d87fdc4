//! One request at a time, however many wait for it; each hears the outcome of the one it waited for.
//!
//! In: somebody who wants a request made. Out: a future of its outcome, or nothing when the last one
//! is too recent. A request that ends without an outcome (a panic, a runtime that stops) counts as
//! failed. Whoever has something to serve meanwhile asks without a lock. Next: `fetch`.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::fetch::FetchError;

/// What a request brought.
pub(super) type Outcome<T> = Result<Arc<T>, FetchError>;

/// The request under way and the outcome of the last that ended.
#[derive(Debug)]
pub(super) struct Flights<T>(Arc<Tower<T>>);

#[derive(Debug)]
struct Tower<T> {
    state: Mutex<State<T>>,
    /// Milliseconds on the clock before which no request starts in the background.
    quiet_until: AtomicU64,
    /// Whether the last request failed, or the one under way takes its time.
    is_troubled: AtomicBool,
}

#[derive(Debug)]
struct State<T> {
    running: Option<watch::Receiver<Phase<T>>>,
    started: Option<Duration>,
    /// No request starts before this, not even the first.
    wait_until: Duration,
    /// When the request began whose outcome this is.
    last: Option<(Duration, Outcome<T>)>,
}

/// How far a request is.
#[derive(Debug, Clone)]
enum Phase<T> {
    Begun,
    /// It takes its time: whoever has something else should not wait.
    Slow,
    Ended(Outcome<T>),
}

/// A request under way.
pub(super) struct Flight<T>(watch::Receiver<Phase<T>>);

/// The duty to say how a request ended.
pub(super) struct Landing<T> {
    flights: Flights<T>,
    started: Duration,
    phase: watch::Sender<Phase<T>>,
}

/// How often and how patiently to ask.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// The least time between two requests.
    pub(super) gap: Duration,
    /// A request that takes longer is given up: nobody joins it any more.
    pub(super) patience: Duration,
}

impl<T> Default for Flights<T> {
    fn default() -> Self {
        let state = State { running: None, started: None, wait_until: Duration::ZERO, last: None };
        Self(Arc::new(Tower {
            state: Mutex::new(state),
            quiet_until: AtomicU64::new(0),
            is_troubled: AtomicBool::new(false),
        }))
    }
}

impl<T> Flights<T> {
    /// Whether the last request brought nothing, or the one under way takes its time. No lock.
    pub(super) fn is_troubled(&self) -> bool {
        self.0.is_troubled.load(Ordering::Acquire)
    }

    /// Whether the last request is too recent for another one in the background. No lock.
    pub(super) fn is_quiet(&self, now: Duration) -> bool {
        millis(now) < self.0.quiet_until.load(Ordering::Acquire)
    }

    /// The outcome of the last request that ended, if one did.
    pub(super) fn last(&self) -> Option<Outcome<T>> {
        self.state().last.as_ref().map(|(_, outcome)| outcome.clone())
    }

    /// Joins the request under way, or starts one; neither if it is too early for another.
    pub(super) fn join_or_start(
        &self,
        now: Duration,
        pace: Pace,
        start: impl FnOnce(Landing<T>),
    ) -> Option<Flight<T>> {
        let mut state = self.state();
        let since = state.started.map(|started| now.saturating_sub(started));
        let is_awaited = since.is_some_and(|since| since < pace.patience);
        if let Some(running) = state.running.clone().filter(|_| is_awaited) {
            return Some(Flight(running));
        }
        if since.is_some_and(|since| since < pace.gap) || now < state.wait_until {
            return None;
        }
        let (phase, running) = watch::channel(Phase::Begun);
        state.started = Some(now);
        state.running = Some(running.clone());
        self.0.quiet_until.store(millis(now + pace.gap), Ordering::Release);
        drop(state);
        start(Landing { flights: Self(Arc::clone(&self.0)), started: now, phase });
        Some(Flight(running))
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Flight<T> {
    /// Waits for its end.
    pub(super) async fn outcome(mut self) -> Outcome<T> {
        let ended = self.0.wait_for(|phase| matches!(phase, Phase::Ended(_))).await;
        match ended.as_deref() {
            Ok(Phase::Ended(outcome)) => outcome.clone(),
            _ => Err(UNFINISHED.into()),
        }
    }

    /// Waits for its end, or until it takes its time.
    pub(super) async fn outcome_unless_slow(mut self) -> Option<Outcome<T>> {
        let phase = self.0.wait_for(|phase| !matches!(phase, Phase::Begun)).await;
        match phase.as_deref() {
            Ok(Phase::Ended(outcome)) => Some(outcome.clone()),
            Ok(_) => None,
            Err(_) => Some(Err(UNFINISHED.into())),
        }
    }
}

impl<T> Landing<T> {
    /// Says that it takes its time.
    pub(super) fn linger(&self) {
        self.flights.0.is_troubled.store(true, Ordering::Release);
        self.phase.send_replace(Phase::Slow);
    }

    /// Says how the request ended, to all who wait and to those who come later, and when the next
    /// one may start if not as usual.
    pub(super) fn land(&self, outcome: Outcome<T>, wait_until: Option<Duration>) {
        let tower = &self.flights.0;
        let mut state = self.flights.state();
        // A request that was given up may end after the next one began, which goes on.
        let is_ours = |running: &watch::Receiver<_>| running.same_channel(&self.phase.subscribe());
        if state.running.as_ref().is_some_and(is_ours) {
            state.running = None;
        }
        if state.last.as_ref().is_none_or(|(started, _)| *started <= self.started) {
            state.wait_until = wait_until.unwrap_or_default();
            tower.quiet_until.fetch_max(millis(state.wait_until), Ordering::AcqRel);
            tower.is_troubled.store(outcome.is_err(), Ordering::Release);
            state.last = Some((self.started, outcome.clone()));
        }
        drop(state);
        self.phase.send_replace(Phase::Ended(outcome));
    }
}

impl<T> Drop for Landing<T> {
    fn drop(&mut self) {
        if !matches!(*self.phase.borrow(), Phase::Ended(_)) {
            self.land(Err(UNFINISHED.into()), None);
        }
    }
}

const UNFINISHED: &str = "the request did not finish";

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Duration = Duration::from_secs(100);
    const PACE: Pace = Pace { gap: Duration::from_secs(30), patience: Duration::from_secs(20) };

    /// After a request that began at the start and ended at once.
    fn after(outcome: Outcome<()>, wait_until: Option<Duration>) -> Flights<()> {
        let flights = Flights::default();
        assert!(!flights.is_quiet(START));
        let flight = flights.join_or_start(START, PACE, |it| it.land(outcome, wait_until));
        assert!(flight.is_some());
        flights
    }

    #[test]
    fn the_background_is_quiet_until_the_gap_is_over() {
        let flights = after(Ok(Arc::new(())), None);
        assert!(flights.is_quiet(START));
        assert!(flights.is_quiet(Duration::from_millis(129_999)));
        assert!(!flights.is_quiet(Duration::from_secs(130)));
    }

    #[test]
    fn the_background_is_quiet_for_as_long_as_the_issuer_asked() {
        let asked = Duration::from_secs(220);
        let flights = after(Err("busy".into()), Some(asked));
        assert!(flights.is_quiet(Duration::from_millis(219_999)));
        assert!(!flights.is_quiet(asked));
    }
}
