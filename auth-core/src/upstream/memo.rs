//! What a vendor said lately: a key in, its answer out, asked for once however many wait.
//!
//! Answers are kept for a short time and in a bounded number, the oldest leave first. A question is
//! put by a task that goes on when its first caller goes away; a failure is told to all who wait
//! for it, and is not kept. Next: the provider that asked.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::error::UpstreamError;
use crate::clock::Clock;
use crate::config::Environment;

/// The most questions under way at a time.
const MAX_QUESTIONS: usize = 256;

/// How many answers are kept, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoOptions {
    /// How long an answer counts, at most: so long a withdrawn right may go on. Zero keeps none, and
    /// still asks once for all who come while the question is under way.
    pub lifetime: Duration,
    /// The most answers.
    pub capacity: usize,
}

/// What a vendor said lately. Cheap to clone; clones share their answers.
pub struct Memo<K, V>(Arc<Shared<K, V>>);

struct Shared<K, V> {
    options: MemoOptions,
    clock: Arc<dyn Clock>,
    state: Mutex<State<K, V>>,
}

struct State<K, V> {
    entries: HashMap<K, Entry<V>>,
    /// The keys, oldest first.
    order: BTreeMap<u64, K>,
    next: u64,
    questions: HashMap<K, Waiting<V>>,
}

struct Entry<V> {
    value: V,
    serial: u64,
    until: Duration,
}

type Outcome<V> = Result<V, UpstreamError>;

/// A question under way; holds nothing until it has ended.
type Waiting<V> = watch::Receiver<Option<Outcome<V>>>;

/// The duty to say how a question ended.
struct Landing<K: Eq + Hash + Clone, V: Clone> {
    shared: Arc<Shared<K, V>>,
    key: K,
    asked_at: Duration,
    outcome: watch::Sender<Option<Outcome<V>>>,
}

const UNFINISHED: UpstreamError =
    UpstreamError::Unreachable(std::borrow::Cow::Borrowed("the question did not finish"));

impl<K, V> Memo<K, V>
where
    K: Eq + Hash + Clone + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// Nothing known yet.
    pub fn new(options: MemoOptions, environment: &Environment) -> Self {
        let state = State {
            entries: HashMap::new(),
            order: BTreeMap::new(),
            next: 0,
            questions: HashMap::new(),
        };
        let clock = Arc::clone(environment.clock());
        Self(Arc::new(Shared { options, clock, state: Mutex::new(state) }))
    }

    /// What is known of this key, or what `ask` finds out.
    ///
    /// # Errors
    ///
    /// What `ask` says, or [`UpstreamError::Unreachable`] when too many questions are under way,
    /// there is no tokio runtime, or the question ended without an answer.
    pub async fn get<F>(&self, key: K, ask: impl FnOnce() -> F) -> Outcome<V>
    where
        F: Future<Output = Outcome<V>> + Send + 'static,
    {
        let mut question = match self.seat(key, ask) {
            Seat::Known(value) => return Ok(value),
            Seat::Refused(error) => return Err(error),
            Seat::Waiting(question) => question,
        };
        let ended = question.wait_for(Option::is_some).await;
        ended.ok().and_then(|ended| ended.clone()).unwrap_or(Err(UNFINISHED))
    }

    /// Forgets what is known of this key.
    pub fn forget(&self, key: &K) {
        self.0.state().remove(key);
    }

    /// How many answers are kept.
    pub fn len(&self) -> usize {
        self.0.state().entries.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn seat<F>(&self, key: K, ask: impl FnOnce() -> F) -> Seat<V>
    where
        F: Future<Output = Outcome<V>> + Send + 'static,
    {
        let now = self.0.clock.monotonic();
        let mut state = self.0.state();
        if let Some(entry) = state.entries.get(&key).filter(|entry| now < entry.until) {
            return Seat::Known(entry.value.clone());
        }
        if let Some(question) = state.questions.get(&key) {
            return Seat::Waiting(question.clone());
        }
        if state.questions.len() >= MAX_QUESTIONS {
            return Seat::refused("too many questions are under way");
        }
        let Ok(runtime) = Handle::try_current() else {
            return Seat::refused("there is no tokio runtime");
        };
        let (outcome, question) = watch::channel(None);
        state.questions.insert(key.clone(), question.clone());
        drop(state);
        let landing = Landing { shared: Arc::clone(&self.0), key, asked_at: now, outcome };
        let asking = ask();
        drop(runtime.spawn(async move { landing.land(asking.await) }));
        Seat::Waiting(question)
    }
}

/// What a caller gets.
enum Seat<V> {
    Known(V),
    Waiting(Waiting<V>),
    Refused(UpstreamError),
}

impl<V> Seat<V> {
    fn refused(reason: &'static str) -> Self {
        Self::Refused(UpstreamError::Unreachable(reason.into()))
    }
}

impl<K: Eq + Hash + Clone, V: Clone> Landing<K, V> {
    /// Says how it ended, to all who wait and to those who come later.
    fn land(&self, outcome: Outcome<V>) {
        let mut state = self.shared.state();
        state.questions.remove(&self.key);
        if let Ok(value) = &outcome {
            state.put(self.key.clone(), value.clone(), self.asked_at, self.shared.options);
        }
        drop(state);
        self.outcome.send_replace(Some(outcome));
    }
}

/// A panic or an abort on the way is no answer either.
impl<K: Eq + Hash + Clone, V: Clone> Drop for Landing<K, V> {
    fn drop(&mut self) {
        let is_open = self.outcome.borrow().is_none();
        if is_open {
            self.land(Err(UNFINISHED));
        }
    }
}

impl<K, V> Shared<K, V> {
    fn state(&self) -> MutexGuard<'_, State<K, V>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash + Clone, V> State<K, V> {
    fn put(&mut self, key: K, value: V, now: Duration, options: MemoOptions) {
        self.remove(&key);
        if options.lifetime.is_zero() || options.capacity == 0 {
            return;
        }
        while self.is_full_or_over(now, options.capacity) {
            let Some((_, oldest)) = self.order.pop_first() else { break };
            self.entries.remove(&oldest);
        }
        let (serial, until) = (self.next, now.saturating_add(options.lifetime));
        self.next += 1;
        self.order.insert(serial, key.clone());
        self.entries.insert(key, Entry { value, serial, until });
    }

    /// Whether the oldest answer has to go, or counts no more.
    fn is_full_or_over(&self, now: Duration, capacity: usize) -> bool {
        let oldest = self.order.values().next().and_then(|key| self.entries.get(key));
        self.entries.len() >= capacity || oldest.is_some_and(|oldest| oldest.until <= now)
    }

    fn remove(&mut self, key: &K) {
        if let Some(entry) = self.entries.remove(key) {
            self.order.remove(&entry.serial);
        }
    }
}

impl<K, V> Clone for Memo<K, V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// How many, never what: keys are about persons.
impl<K, V> fmt::Debug for Memo<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memo({} answers)", self.0.state().entries.len())
    }
}
