//! A proof's id in; whether it was used before, out (RFC 9449, section 11.1).
//!
//! An id is remembered for as long as its proof could be used, and no longer, so memory is bounded
//! by time and by number. When it is full nothing is forgotten early: the next proof is refused,
//! with 503, until old ones expire. A clock that goes back brings no forgotten proof to life.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aws_lc_rs::digest::{Context, SHA256};

use super::error::BindingError;

/// The used proofs of one verifier and its clones.
pub(super) struct Replay {
    capacity: usize,
    seen: Mutex<Seen>,
}

/// Half a SHA-256: who finds two ids with the same one has only refused themselves.
type Id = [u8; 16];

#[derive(Default)]
struct Seen {
    ids: HashSet<Id>,
    /// The ids by the second in which their proofs can no longer be used.
    ends: BTreeMap<u64, Vec<Id>>,
    /// Proofs that end here or earlier may have been forgotten.
    forgotten: u64,
}

impl Replay {
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, seen: Mutex::default() }
    }

    /// Takes note of a proof that can be used until then: once, whoever else asks meanwhile.
    pub(super) fn admit(
        &self,
        key: &str,
        jti: &str,
        until: Duration,
        now: Duration,
    ) -> Result<(), BindingError> {
        let id = id(key, jti);
        let end = until.as_secs().saturating_add(u64::from(until.subsec_nanos() > 0));
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.forget(now);
        if end <= seen.forgotten {
            return Err(BindingError::ProofExpired);
        }
        if seen.ids.contains(&id) {
            return Err(BindingError::ProofReplayed);
        }
        if seen.ids.len() >= self.capacity {
            return Err(BindingError::ReplayMemoryFull);
        }
        seen.ids.insert(id);
        seen.ends.entry(end).or_default().push(id);
        Ok(())
    }
}

impl Seen {
    fn forget(&mut self, now: Duration) {
        while let Some(first) = self.ends.first_entry().filter(|end| *end.key() <= now.as_secs()) {
            self.forgotten = *first.key();
            for id in first.remove() {
                self.ids.remove(&id);
            }
        }
    }
}

/// One id a key: nobody can use up another client's ids. A key is written without line breaks.
fn id(key: &str, jti: &str) -> Id {
    let mut hash = Context::new(&SHA256);
    for part in [key, "\n", jti] {
        hash.update(part.as_bytes());
    }
    let mut id = Id::default();
    id.copy_from_slice(&hash.finish().as_ref()[..16]);
    id
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay").field("capacity", &self.capacity).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_hours(500_000);
    const WINDOW: Duration = Duration::from_mins(1);

    fn size(replay: &Replay) -> (usize, usize) {
        let seen = replay.seen.lock().unwrap();
        (seen.ids.len(), seen.ends.values().map(Vec::len).sum())
    }

    #[test]
    fn an_id_is_used_once_a_key() {
        let replay = Replay::new(10);
        let admit = |key, jti| replay.admit(key, jti, NOW + WINDOW, NOW);
        assert_eq!(admit("a", "1"), Ok(()));
        assert_eq!(admit("a", "1"), Err(BindingError::ProofReplayed));
        assert_eq!(admit("a", "2"), Ok(()));
        assert_eq!(admit("b", "1"), Ok(()));
    }

    #[test]
    fn a_hundred_thousand_ids_grow_memory_to_its_limit_and_time_empties_it() {
        let replay = Replay::new(1_000);
        let mut refused = 0;
        for number in 0..100_000 {
            match replay.admit("key", &number.to_string(), NOW + WINDOW, NOW) {
                Ok(()) => {}
                Err(error) => {
                    assert_eq!(error, BindingError::ReplayMemoryFull);
                    refused += 1;
                }
            }
        }
        assert_eq!((refused, size(&replay)), (99_000, (1_000, 1_000)));
        let later = NOW + WINDOW;
        assert_eq!(replay.admit("key", "0", later + WINDOW, later), Ok(()));
        assert_eq!(size(&replay), (1, 1));
    }

    #[test]
    fn an_id_is_remembered_until_its_proof_expires() {
        let replay = Replay::new(10);
        let until = NOW + WINDOW + Duration::from_millis(1);
        assert_eq!(replay.admit("a", "1", until, NOW), Ok(()));
        let before = NOW + WINDOW + Duration::from_micros(999);
        assert_eq!(replay.admit("a", "1", until, before), Err(BindingError::ProofReplayed));
    }

    #[test]
    fn a_clock_that_goes_back_revives_no_proof() {
        let replay = Replay::new(10);
        assert_eq!(replay.admit("a", "1", NOW + WINDOW, NOW), Ok(()));
        let ahead = NOW + Duration::from_hours(1);
        assert_eq!(replay.admit("a", "2", ahead + WINDOW, ahead), Ok(()));
        assert_eq!(replay.admit("a", "1", NOW + WINDOW, NOW), Err(BindingError::ProofExpired));
        let later = NOW + Duration::from_secs(1);
        assert_eq!(replay.admit("a", "3", later + WINDOW, later), Ok(()));
    }
}
