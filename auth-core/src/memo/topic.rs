//! What one memory is about: what its keys, answers and troubles are, and what they mean.
//!
//! Next: `memory`.

use std::hash::Hash;
use std::time::Duration;

/// What is asked about.
pub(crate) trait Topic: Sized + Send + Sync + 'static {
    /// What a question is about.
    type Key: Eq + Hash + Clone + Send + Sync + 'static;
    /// What may be kept.
    type Answer: Clone + Send + Sync + 'static;
    /// Why there is no answer. It is told to all who wait, and never kept.
    type Trouble: Clone + Send + Sync + 'static;

    /// The trouble of a question that was not put, or did not end, for this reason of ours.
    fn unanswered(reason: &'static str) -> Self::Trouble;

    /// With what an answer is kept.
    fn kind(_: &Self::Answer) -> Kind {
        Kind::Good
    }

    /// When an answer is over whatever its shelf says, since 1970.
    fn expires_at(_: &Self::Answer) -> Option<Duration> {
        None
    }

    /// Whether a new question may be put now.
    fn admit(&self) -> Result<(), Self::Trouble> {
        Ok(())
    }

    /// Hears of trouble before anybody can ask again.
    fn failed(&self, _: &Self::Trouble) {}
}

/// Answers of different kinds are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// About somebody who is known.
    Good,
    /// About what any stranger can make up without end.
    Bad,
}
