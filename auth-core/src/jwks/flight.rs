//! One request at a time, however many wait for it; each hears the outcome of the one it waited for.
//!
//! In: somebody who wants a request made. Out: a future of its outcome, or nothing when the last one
//! is too recent. A request that ends without an outcome (a panic, a runtime that stops) counts as
//! failed. Next: `fetch`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::fetch::FetchError;

/// What a request brought.
pub(super) type Outcome<T> = Result<Arc<T>, FetchError>;

/// The request under way and the outcome of the last that ended.
#[derive(Debug)]
pub(super) struct Flights<T>(Arc<Mutex<State<T>>>);

#[derive(Debug)]
struct State<T> {
    running: Option<watch::Receiver<Option<Outcome<T>>>>,
    started: Option<Duration>,
    last: Option<Outcome<T>>,
}

/// A request under way.
pub(super) struct Flight<T>(watch::Receiver<Option<Outcome<T>>>);

/// The duty to say how a request ended.
pub(super) struct Landing<T> {
    flights: Flights<T>,
    ended: watch::Sender<Option<Outcome<T>>>,
}

impl<T> Default for Flights<T> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(State { running: None, started: None, last: None })))
    }
}

impl<T> Flights<T> {
    /// Whether the last request that ended brought nothing.
    pub(super) fn last_failed(&self) -> bool {
        matches!(self.state().last, Some(Err(_)))
    }

    /// The outcome of the last request that ended.
    pub(super) fn last(&self) -> Outcome<T> {
        self.state().last.clone().unwrap_or_else(|| Err("they were not fetched yet".into()))
    }

    /// Joins the request under way, or starts one; neither if the last was started less than `gap`
    /// ago. One that takes longer than `patience` is given up: nobody joins it any more.
    pub(super) fn join_or_start(
        &self,
        now: Duration,
        gap: Duration,
        patience: Duration,
        start: impl FnOnce(Landing<T>),
    ) -> Option<Flight<T>> {
        let mut state = self.state();
        let since = state.started.map(|started| now.saturating_sub(started));
        if let Some(running) = state.running.clone().filter(|_| since.is_some_and(|s| s < patience))
        {
            return Some(Flight(running));
        }
        if since.is_some_and(|since| since < gap) {
            return None;
        }
        let (ended, running) = watch::channel(None);
        state.started = Some(now);
        state.running = Some(running.clone());
        drop(state);
        start(Landing { flights: Self(Arc::clone(&self.0)), ended });
        Some(Flight(running))
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Flight<T> {
    /// Waits for its end.
    pub(super) async fn outcome(mut self) -> Outcome<T> {
        let ended = self.0.wait_for(Option::is_some).await;
        let outcome = ended.ok().and_then(|outcome| outcome.clone());
        outcome.unwrap_or_else(|| Err("the request did not finish".into()))
    }
}

impl<T> Landing<T> {
    /// Says how the request ended, to all who wait and to those who come later.
    pub(super) fn land(&self, outcome: Outcome<T>) {
        let mut state = self.flights.state();
        // A request that was given up may end after the next one began, which goes on.
        if state
            .running
            .as_ref()
            .is_some_and(|running| running.same_channel(&self.ended.subscribe()))
        {
            state.running = None;
        }
        state.last = Some(outcome.clone());
        drop(state);
        self.ended.send_replace(Some(outcome));
    }
}

impl<T> Drop for Landing<T> {
    fn drop(&mut self) {
        if self.ended.borrow().is_none() {
            self.land(Err("the request did not finish".into()));
        }
    }
}
