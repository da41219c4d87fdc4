//! Who asks the issuer, and who waits: a token in, the issuer's answer out.
//!
//! What is known is answered at once. What is not is asked once, however many wait, by a task that
//! goes on when its first caller goes away. An endpoint in trouble is left alone for a while, and
//! callers hear of it at once instead of queueing. Next: `cache`, then `endpoint`.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::answer::Answer;
use super::cache::{Cache, Key, Moment};
use super::endpoint::{Endpoint, Reason, Trouble};
use crate::error::AuthError;
use crate::http::HttpRequest;

/// The most questions under way at a time: whoever brings made-up tokens makes us ask, but not
/// without end.
const MAX_QUESTIONS: usize = 256;

/// The least time between two warnings.
const HUSH: Duration = Duration::from_secs(1);

const UNFINISHED: &str = "the question did not finish";

/// One endpoint, what it said, and what it is being asked.
pub(super) struct Desk {
    endpoint: Endpoint,
    state: Mutex<State>,
}

struct State {
    cache: Cache,
    questions: HashMap<Key, Question>,
    /// No question is put before this, for this reason.
    closed: Option<(Duration, Reason)>,
    hushed_until: Duration,
}

type Outcome = Result<Answer, Reason>;

/// A question under way; holds nothing until it has ended.
type Question = watch::Receiver<Option<Outcome>>;

/// What a caller gets.
enum Seat {
    Known(Answer),
    Waiting(Question),
    Refused(Reason),
}

/// The duty to say how a question ended.
struct Landing {
    desk: Arc<Desk>,
    key: Key,
    at: Moment,
    outcome: watch::Sender<Option<Outcome>>,
}

impl Desk {
    pub(super) fn new(endpoint: Endpoint, cache: Cache) -> Self {
        let questions = HashMap::new();
        let state = State { cache, questions, closed: None, hushed_until: Duration::ZERO };
        Self { endpoint, state: Mutex::new(state) }
    }

    /// What the issuer says of this token.
    pub(super) async fn ask(self: &Arc<Self>, token: &str) -> Result<Answer, AuthError> {
        let outcome = match self.seat(token) {
            Seat::Known(answer) => Ok(answer),
            Seat::Waiting(question) => outcome(question).await,
            Seat::Refused(reason) => Err(reason),
        };
        outcome.map_err(AuthError::IntrospectionUnavailable)
    }

    /// How many answers are kept.
    pub(super) fn cached(&self) -> usize {
        self.state().cache.len()
    }

    fn seat(self: &Arc<Self>, token: &str) -> Seat {
        let (key, now) = (Key::of(token), Moment::now(&*self.endpoint.clock));
        let mut state = self.state();
        if let Some(answer) = state.cache.get(key, now) {
            return Seat::Known(answer);
        }
        if let Some(question) = state.questions.get(&key) {
            return Seat::Waiting(question.clone());
        }
        if let Some((_, reason)) = state.closed.as_ref().filter(|it| now.monotonic < it.0) {
            return Seat::Refused(reason.clone());
        }
        if state.questions.len() >= MAX_QUESTIONS {
            return Seat::Refused("too many questions are under way".into());
        }
        let Ok(runtime) = Handle::try_current() else {
            return Seat::Refused("there is no tokio runtime".into());
        };
        let (outcome, question) = watch::channel(None);
        state.questions.insert(key, question.clone());
        drop(state);
        let landing = Landing { desk: Arc::clone(self), key, at: now, outcome };
        drop(runtime.spawn(landing.put(self.endpoint.question(token))));
        Seat::Waiting(question)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn outcome(mut question: Question) -> Outcome {
    let ended = question.wait_for(Option::is_some).await;
    ended.ok().and_then(|ended| ended.clone()).unwrap_or(Err(UNFINISHED.into()))
}

impl Landing {
    /// Puts the question. A panic or an abort on the way lands as trouble.
    async fn put(self, question: HttpRequest) {
        let outcome = self.desk.endpoint.ask(question).await;
        self.land(outcome);
    }

    /// Says how it ended, to all who wait and to those who come later.
    fn land(&self, outcome: Result<Answer, Trouble>) {
        let now = self.desk.endpoint.clock.monotonic();
        let mut state = self.desk.state();
        state.questions.remove(&self.key);
        let outcome = match outcome {
            Ok(answer) => {
                state.cache.put(self.key, answer.clone(), self.at);
                Ok(answer)
            }
            Err(Trouble { reason, pause }) => {
                state.close(now, pause, &reason);
                let is_heard = state.is_heard(now);
                drop(state);
                if is_heard {
                    self.desk.warn(&reason);
                }
                Err(reason)
            }
        };
        self.outcome.send_replace(Some(outcome));
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        let is_open = self.outcome.borrow().is_none();
        if is_open {
            self.land(Err(Trouble::of_endpoint(UNFINISHED)));
        }
    }
}

impl State {
    /// Leaves the endpoint alone for a while; a longer pause stands.
    fn close(&mut self, now: Duration, pause: Option<Duration>, reason: &Reason) {
        let Some(until) = pause.map(|pause| now.saturating_add(pause)) else { return };
        if self.closed.as_ref().is_none_or(|(closed, _)| *closed < until) {
            self.closed = Some((until, reason.clone()));
        }
    }

    /// Whether a warning is due: strangers' tokens fill no log.
    fn is_heard(&mut self, now: Duration) -> bool {
        let is_heard = now >= self.hushed_until;
        if is_heard {
            self.hushed_until = now.saturating_add(HUSH);
        }
        is_heard
    }
}

impl Desk {
    fn warn(&self, reason: &Reason) {
        let host = self.endpoint.url.host_str();
        tracing::warn!(
            target: "auth", host, %reason,
            "the issuer could not be asked about a token: it is refused until it can be"
        );
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}
