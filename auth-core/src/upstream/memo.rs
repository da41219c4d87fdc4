//! What a vendor said lately: a key in, its answer out, asked for once however many wait.
//!
//! Answers are kept for a short time and in a bounded number, the oldest leave first. A failure is
//! told to all who wait for it, and is not kept. How that is done is in `memo`; here is what a
//! provider sees of it. Next: the provider that asked.

use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::error::UpstreamError;
use crate::config::Environment;
use crate::memo::{Limits, Memory, Shelves, Topic};

/// The most time for all that one answer takes; each question to the vendor has a limit of its own.
const PATIENCE: Duration = Duration::from_secs(30);

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
///
/// Whoever waits for an answer gets it, be they who they may: a key has to hold all that the answer
/// depends on, such as the organization besides the user.
///
/// ```
/// use std::time::Duration;
///
/// use auth_core::Environment;
/// use auth_core::upstream::{Memo, MemoOptions, UpstreamError};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), UpstreamError> {
/// let options = MemoOptions { lifetime: Duration::from_secs(30), capacity: 1_000 };
/// let roles: Memo<String, Vec<String>> = Memo::new(options, &Environment::process());
/// let asked = roles.get("user-1".to_owned(), || async { Ok(vec!["editor".to_owned()]) }).await?;
/// let known = roles.get("user-1".to_owned(), || async { unreachable!("it is known") }).await?;
/// assert_eq!((asked, roles.len()), (known, 1));
/// # Ok(())
/// # }
/// ```
pub struct Memo<K, V>(Memory<Said<K, V>>)
where
    K: Eq + Hash + Clone + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static;

/// Answers of any type, about keys of any type.
struct Said<K, V>(PhantomData<fn(K) -> V>);

impl<K, V> Memo<K, V>
where
    K: Eq + Hash + Clone + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// Nothing known yet.
    pub fn new(options: MemoOptions, environment: &Environment) -> Self {
        let limits = Limits { lifetime: options.lifetime, capacity: options.capacity };
        let shelves = Shelves::new(limits, Limits::NONE);
        Self(Memory::new(Said(PhantomData), shelves, Arc::clone(environment.clock())))
    }

    /// What is known of this key, or what `ask` finds out within 30 seconds.
    ///
    /// `ask` runs as a task of its own, which takes a tokio runtime with its timer, and goes on when
    /// the caller goes away.
    ///
    /// # Errors
    ///
    /// What `ask` says, or [`UpstreamError::Unreachable`] when too many questions are under way,
    /// there is no tokio runtime, or the question ended without an answer.
    pub async fn get<F>(&self, key: K, ask: impl FnOnce() -> F) -> Result<V, UpstreamError>
    where
        F: Future<Output = Result<V, UpstreamError>> + Send + 'static,
    {
        let ask = || {
            let asking = ask();
            async move {
                let ended = tokio::time::timeout(PATIENCE, asking).await;
                ended.unwrap_or_else(|_| Err(unanswered("there was no answer in time")))
            }
        };
        self.0.get(key, ask).await
    }

    /// Forgets what is known of this key. An answer that is under way reaches those who wait for it
    /// already, and is not kept.
    pub fn forget(&self, key: &K) {
        self.0.forget(key);
    }

    /// How many answers are kept.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<K, V> Topic for Said<K, V>
where
    K: Eq + Hash + Clone + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    type Key = K;
    type Answer = V;
    type Trouble = UpstreamError;

    fn unanswered(reason: &'static str) -> UpstreamError {
        unanswered(reason)
    }
}

fn unanswered(reason: &'static str) -> UpstreamError {
    UpstreamError::Unreachable(reason.into())
}

impl<K, V> Clone for Memo<K, V>
where
    K: Eq + Hash + Clone + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// How many, never what: keys are about persons.
impl<K, V> fmt::Debug for Memo<K, V>
where
    K: Eq + Hash + Clone + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memo({} answers)", self.len())
    }
}
