//! Something that an issuer published, kept: in its value and what the headers said, out how far
//! it is from its end.
//!
//! Key sets and discovery documents are kept alike, for different times. Next: `refresh`.

use std::time::Duration;

use super::caching::{Caching, Validator};

/// How long something is kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Policy {
    /// When the issuer does not say.
    pub(super) default: Duration,
    /// What an issuer may say: shorter would ask it for every other token, longer would trust
    /// what it took back.
    pub(super) shortest: Duration,
    pub(super) longest: Duration,
    /// How long it outlives its lifetime when the issuer cannot be reached.
    pub(super) stale: Duration,
}

/// A value and how long to trust it.
#[derive(Debug)]
pub(super) struct Cached<T> {
    pub(super) value: T,
    /// When it was asked for, on the clock that never goes back.
    pub(super) at: Duration,
    pub(super) lifetime: Duration,
    /// With what to ask whether it has changed.
    pub(super) validator: Option<Validator>,
    policy: Policy,
}

/// How far a value is from its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    Fresh,
    /// Worth refreshing before anybody has to wait for it.
    DueSoon,
    /// Past its lifetime: served only if the issuer cannot be reached.
    Stale,
    /// Past every limit.
    Dead,
}

impl<T> Cached<T> {
    pub(super) fn new(value: T, at: Duration, caching: Caching, policy: Policy) -> Self {
        let lifetime = caching.lifetime.unwrap_or(policy.default);
        let lifetime = lifetime.clamp(policy.shortest, policy.longest);
        Self { value, at, lifetime, validator: caching.validator, policy }
    }

    /// The same value after the issuer said that it has not changed. What that answer leaves out
    /// is as it was (RFC 9111, section 4.3.4).
    pub(super) fn renewed(&self, at: Duration, caching: Caching) -> Self
    where
        T: Clone,
    {
        let caching = Caching {
            lifetime: caching.lifetime.or(Some(self.lifetime)),
            validator: caching.validator.or_else(|| self.validator.clone()),
        };
        Self::new(self.value.clone(), at, caching, self.policy)
    }

    pub(super) fn age(&self, now: Duration) -> Age {
        match now.saturating_sub(self.at) {
            age if age < self.lifetime * 4 / 5 => Age::Fresh,
            age if age < self.lifetime => Age::DueSoon,
            age if age < self.lifetime + self.policy.stale => Age::Stale,
            _ => Age::Dead,
        }
    }
}
