//! Who asks, and who waits: a key in, an answer or the trouble out.
//!
//! What is known is answered at once. What is not is asked once, however many wait, by a task that
//! goes on when its first caller goes away. A question always ends: a panic, or a runtime that
//! stops, is trouble. Next: `shelf`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::shelf::{Moment, Shelves};
use super::topic::Topic;
use crate::clock::Clock;

/// The most questions under way at a time: whoever brings made-up keys makes us ask, but not
/// without end.
const MAX_QUESTIONS: usize = 256;

const UNFINISHED: &str = "the question did not finish";

/// What was said about one topic, and what is being asked. Cheap to clone; clones share it.
pub(crate) struct Memory<T: Topic>(Arc<Shared<T>>);

struct Shared<T: Topic> {
    topic: T,
    clock: Arc<dyn Clock>,
    state: Mutex<State<T>>,
}

struct State<T: Topic> {
    shelves: Shelves<T>,
    /// The questions that callers may still join.
    questions: HashMap<T::Key, Question<T>>,
    /// These, and those that were forgotten meanwhile.
    under_way: usize,
}

type Outcome<T> = Result<<T as Topic>::Answer, <T as Topic>::Trouble>;

/// A question under way; holds nothing until it has ended.
type Question<T> = watch::Receiver<Option<Outcome<T>>>;

/// What a caller gets.
enum Seat<T: Topic> {
    Known(T::Answer),
    Waiting(Question<T>),
    Refused(T::Trouble),
}

/// The duty to say how a question ended.
struct Landing<T: Topic> {
    memory: Memory<T>,
    key: T::Key,
    asked_at: Moment,
    outcome: watch::Sender<Option<Outcome<T>>>,
}

impl<T: Topic> Memory<T> {
    /// Nothing known yet.
    pub(crate) fn new(topic: T, shelves: Shelves<T>, clock: Arc<dyn Clock>) -> Self {
        let state = State { shelves, questions: HashMap::new(), under_way: 0 };
        Self(Arc::new(Shared { topic, clock, state: Mutex::new(state) }))
    }

    pub(crate) fn topic(&self) -> &T {
        &self.0.topic
    }

    /// What is known of this key, or what `ask` finds out.
    pub(crate) async fn get<F>(&self, key: T::Key, ask: impl FnOnce() -> F) -> Outcome<T>
    where
        F: Future<Output = Outcome<T>> + Send + 'static,
    {
        match self.seat(key, ask) {
            Seat::Known(answer) => Ok(answer),
            Seat::Waiting(question) => Self::outcome(question).await,
            Seat::Refused(trouble) => Err(trouble),
        }
    }

    /// Forgets what is known of this key, and what is about to be: who waits hears it, and who
    /// comes later asks again.
    pub(crate) fn forget(&self, key: &T::Key) {
        let mut state = self.state();
        state.shelves.remove(key);
        state.questions.remove(key);
    }

    /// How many answers are kept.
    pub(crate) fn len(&self) -> usize {
        self.state().shelves.len()
    }

    fn seat<F>(&self, key: T::Key, ask: impl FnOnce() -> F) -> Seat<T>
    where
        F: Future<Output = Outcome<T>> + Send + 'static,
    {
        let now = Moment::now(&*self.0.clock);
        let mut state = self.state();
        if let Some(answer) = state.shelves.get(&key, now) {
            return Seat::Known(answer);
        }
        if let Some(question) = state.questions.get(&key) {
            return Seat::Waiting(question.clone());
        }
        if let Err(trouble) = self.0.topic.admit() {
            return Seat::Refused(trouble);
        }
        if state.under_way >= MAX_QUESTIONS {
            return Seat::Refused(T::unanswered("too many questions are under way"));
        }
        let Ok(runtime) = Handle::try_current() else {
            return Seat::Refused(T::unanswered("there is no tokio runtime"));
        };
        let (outcome, question) = watch::channel(None);
        state.questions.insert(key.clone(), question.clone());
        state.under_way += 1;
        drop(state);
        let landing = Landing { memory: self.clone(), key, asked_at: now, outcome };
        let asking = ask();
        drop(runtime.spawn(async move { landing.land(asking.await) }));
        Seat::Waiting(question)
    }

    async fn outcome(mut question: Question<T>) -> Outcome<T> {
        let ended = question.wait_for(Option::is_some).await;
        ended.ok().and_then(|ended| ended.clone()).unwrap_or(Err(T::unanswered(UNFINISHED)))
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Topic> Landing<T> {
    /// Says how it ended, to all who wait and to those who come later.
    fn land(&self, outcome: Outcome<T>) {
        if let Err(trouble) = &outcome {
            self.memory.topic().failed(trouble);
        }
        let mut state = self.memory.state();
        state.under_way = state.under_way.saturating_sub(1);
        // A question that was forgotten may end after the next one about the same began.
        let is_ours = |question: &Question<T>| question.same_channel(&self.outcome.subscribe());
        if state.questions.get(&self.key).is_some_and(is_ours) {
            state.questions.remove(&self.key);
            if let Ok(answer) = &outcome {
                state.shelves.put(self.key.clone(), answer.clone(), self.asked_at);
            }
        }
        drop(state);
        self.outcome.send_replace(Some(outcome));
    }
}

/// A panic or an abort on the way is no answer either.
impl<T: Topic> Drop for Landing<T> {
    fn drop(&mut self) {
        let is_open = self.outcome.borrow().is_none();
        if is_open {
            self.land(Err(T::unanswered(UNFINISHED)));
        }
    }
}

impl<T: Topic> Clone for Memory<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}
