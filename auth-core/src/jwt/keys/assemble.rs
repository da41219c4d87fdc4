//! Public keys and the algorithms that were asked for in, the keys to verify with out, or all that
//! is wrong with the two together.
//!
//! The keys decide which of the algorithms they serve; an algorithm without a key, and a key
//! without an algorithm, are mistakes that somebody wants to hear of. Next: `jwks::set`.

use std::time::Duration;

use super::certificate::Validity;
use super::public_key::PublicKey;
use crate::jwks::{Key, MAX_TRIED};
use crate::jwt::Algorithm;

/// A public key as it was given.
pub(super) struct Candidate {
    /// What errors call it, with a colon; empty when there is no other.
    pub(super) name: String,
    /// What tokens call it.
    pub(super) id: Option<String>,
    pub(super) key: PublicKey,
    pub(super) validity: Option<Validity>,
    /// The one algorithm that it may be used with, where it says so itself.
    pub(super) only: Option<Algorithm>,
    pub(super) idle: Idle,
}

/// What it means that a key serves none of the algorithms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Idle {
    /// Somebody gave it for nothing.
    Mistake,
    /// It is one of a set that others use as well.
    Usual,
}

/// The keys, and the algorithms that they serve.
pub(super) type Assembled = (Vec<Key>, Vec<Algorithm>);

/// Fits keys and algorithms together at a time since 1970; without a list each key says what it is
/// for.
pub(super) fn assemble(
    candidates: &[Candidate],
    asked: Option<&[Algorithm]>,
    now: Duration,
) -> Result<Assembled, Vec<String>> {
    let mut problems = Vec::new();
    let (mut keys, mut algorithms) = (Vec::new(), asked.unwrap_or_default().to_vec());
    for candidate in candidates {
        let before = keys.len();
        keys.extend(candidate.keys(asked));
        if keys.len() == before {
            problems.extend(candidate.idle_problem(asked));
        } else if let Some(problem) = candidate.date_problem(now) {
            tracing::warn!(target: "auth", key = candidate.name, %problem, "a key cannot be used");
        }
    }
    algorithms.extend(keys.iter().map(Key::algorithm));
    algorithms.sort_unstable();
    algorithms.dedup();
    if problems.is_empty() && algorithms.is_empty() {
        problems.push("there is no key that can be used".to_owned());
    }
    if problems.is_empty() {
        let unserved = algorithms.iter().filter(|algorithm| !is_served(**algorithm, &keys, now));
        problems.extend(unserved.map(|algorithm| unserved_problem(*algorithm, candidates, now)));
        problems.extend(algorithms.iter().filter_map(|algorithm| crowd_problem(*algorithm, &keys)));
    }
    if problems.is_empty() { Ok((keys, algorithms)) } else { Err(problems) }
}

impl Candidate {
    fn keys(&self, asked: Option<&[Algorithm]>) -> Vec<Key> {
        let plain = self.only.or(self.key.plain_algorithm());
        let wanted = asked.unwrap_or(plain.as_slice()).iter();
        let allowed = wanted.filter(|algorithm| self.only.is_none_or(|only| only == **algorithm));
        let fitting = allowed.filter_map(|algorithm| self.key.for_algorithm(*algorithm));
        fitting.map(|key| Key::new(self.id.clone(), key, self.validity)).collect()
    }

    fn idle_problem(&self, asked: Option<&[Algorithm]>) -> Option<String> {
        let (name, kind) = (&self.name, self.key.kind());
        match (self.idle, asked) {
            (Idle::Usual, _) => None,
            (Idle::Mistake, None) => Some(format!(
                "{name}a {kind} key is used only if it is asked for: call `.algorithms(..)`"
            )),
            (Idle::Mistake, Some(asked)) => Some(format!(
                "{name}the {kind} key serves none of the algorithms {}: add one that it serves, \
                 or remove the key",
                names(asked)
            )),
        }
    }

    fn date_problem(&self, now: Duration) -> Option<String> {
        self.validity.and_then(|validity| validity.problem(now))
    }
}

fn is_served(algorithm: Algorithm, keys: &[Key], now: Duration) -> bool {
    keys.iter().any(|key| key.algorithm() == algorithm && key.is_valid_at(now))
}

/// An algorithm that could never be verified with, and the dates that may be to blame.
fn unserved_problem(algorithm: Algorithm, candidates: &[Candidate], now: Duration) -> String {
    let fits = |candidate: &&Candidate| candidate.key.for_algorithm(algorithm).is_some();
    let dated = candidates.iter().filter(fits).filter_map(|candidate| {
        candidate.date_problem(now).map(|problem| format!("{}{problem}", candidate.name))
    });
    let dated: Vec<_> = dated.collect();
    if dated.is_empty() {
        format!("no key serves the algorithm {algorithm}: give one that does, or remove it")
    } else {
        format!("no key serves the algorithm {algorithm} now: {}", dated.join("; "))
    }
}

/// Keys without ids are tried one after another, and only so many.
fn crowd_problem(algorithm: Algorithm, keys: &[Key]) -> Option<String> {
    let unnamed = |key: &&Key| key.algorithm() == algorithm && key.id().is_none();
    let count = keys.iter().filter(unnamed).count();
    (count > MAX_TRIED).then(|| {
        format!(
            "{count} keys without ids serve the algorithm {algorithm}: at most {MAX_TRIED} are \
             tried, so give them ids"
        )
    })
}

fn names(algorithms: &[Algorithm]) -> String {
    let names: Vec<_> = algorithms.iter().map(|algorithm| algorithm.name()).collect();
    names.join(", ")
}
