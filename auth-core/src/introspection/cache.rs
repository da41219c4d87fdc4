//! What is known of tokens already: a token in, its last answer out if that still counts.
//!
//! Tokens are known by their SHA-256 alone. Good and bad ones are kept apart, so that strangers'
//! tokens push out no user's; each shelf has a capacity, and the oldest answer goes first.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};

use super::answer::Answer;
use crate::clock::Clock;

/// How long at most the issuer's "no" is repeated: a token may be too new for all of its servers.
const INACTIVE_FOR: Duration = Duration::from_secs(3);

/// A token without its text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key([u8; 32]);

impl Key {
    pub(super) fn of(token: &str) -> Self {
        let mut key = [0; 32];
        key.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
        Self(key)
    }
}

/// A time on both clocks: answers age on the one that never goes back, tokens expire on the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) monotonic: Duration,
    pub(super) unix: Duration,
}

impl Moment {
    pub(super) fn now(clock: &dyn Clock) -> Self {
        Self { monotonic: clock.monotonic(), unix: clock.unix() }
    }
}

/// The answers of one endpoint.
pub(super) struct Cache {
    active: Shelf,
    inactive: Shelf,
}

impl Cache {
    /// Keeps so many answers of each kind for so long; none for no time.
    pub(super) fn new(lifetime: Duration, capacity: usize) -> Self {
        Self {
            active: Shelf::new(lifetime, capacity),
            inactive: Shelf::new(lifetime.min(INACTIVE_FOR), capacity),
        }
    }

    /// The answer about a token, unless it is too old or the token has expired since.
    pub(super) fn get(&self, key: Key, now: Moment) -> Option<Answer> {
        self.active.get(key, now).or_else(|| self.inactive.get(key, now))
    }

    /// Keeps the answer to a question that was put `at` this moment.
    pub(super) fn put(&mut self, key: Key, answer: Answer, at: Moment) {
        self.active.remove(key);
        self.inactive.remove(key);
        match answer {
            Answer::Active(_) => self.active.put(key, answer, at),
            Answer::Inactive => self.inactive.put(key, answer, at),
        }
    }

    /// How many answers there are.
    pub(super) fn len(&self) -> usize {
        self.active.entries.len() + self.inactive.entries.len()
    }
}

struct Shelf {
    lifetime: Duration,
    capacity: usize,
    entries: HashMap<Key, Entry>,
    /// The keys, oldest first.
    order: BTreeMap<u64, Key>,
    next: u64,
}

struct Entry {
    answer: Answer,
    serial: u64,
    until: Duration,
}

impl Shelf {
    fn new(lifetime: Duration, capacity: usize) -> Self {
        Self { lifetime, capacity, entries: HashMap::new(), order: BTreeMap::new(), next: 0 }
    }

    fn get(&self, key: Key, now: Moment) -> Option<Answer> {
        let entry = self.entries.get(&key).filter(|entry| now.monotonic < entry.until)?;
        let expires = entry.answer.expires_at();
        expires.is_none_or(|expires| now.unix < expires).then(|| entry.answer.clone())
    }

    fn put(&mut self, key: Key, answer: Answer, at: Moment) {
        if self.lifetime.is_zero() {
            return;
        }
        while self.is_full_or_over(at.monotonic) {
            let Some((_, oldest)) = self.order.pop_first() else { break };
            self.entries.remove(&oldest);
        }
        let (serial, until) = (self.next, at.monotonic.saturating_add(self.lifetime));
        self.next += 1;
        self.order.insert(serial, key);
        self.entries.insert(key, Entry { answer, serial, until });
    }

    /// Whether the oldest answer has to go, or counts no more.
    fn is_full_or_over(&self, now: Duration) -> bool {
        let oldest = self.order.values().next().and_then(|key| self.entries.get(key));
        self.entries.len() >= self.capacity || oldest.is_some_and(|oldest| oldest.until <= now)
    }

    fn remove(&mut self, key: Key) {
        if let Some(entry) = self.entries.remove(&key) {
            self.order.remove(&entry.serial);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn at(seconds: u32) -> Moment {
        Moment { monotonic: SECOND * seconds, unix: SECOND * seconds }
    }

    fn active(json: &str) -> Answer {
        Answer::parse(json.as_bytes()).unwrap()
    }

    fn knows(cache: &Cache, token: &str, seconds: u32) -> bool {
        cache.get(Key::of(token), at(seconds)).is_some()
    }

    #[test]
    fn a_full_shelf_gives_up_its_oldest_answer() {
        let mut cache = Cache::new(SECOND * 60, 2);
        for token in ["a", "b", "a", "c"] {
            cache.put(Key::of(token), active(r#"{"active":true}"#), at(0));
        }
        assert!(!knows(&cache, "b", 1) && knows(&cache, "a", 1) && knows(&cache, "c", 1));
        assert_eq!((cache.len(), cache.active.order.len()), (2, 2));
    }

    #[test]
    fn bad_tokens_push_out_no_good_one() {
        let mut cache = Cache::new(SECOND * 60, 2);
        cache.put(Key::of("good"), active(r#"{"active":true}"#), at(0));
        for number in 0..100 {
            cache.put(Key::of(&format!("bad-{number}")), Answer::Inactive, at(0));
        }
        assert!(knows(&cache, "good", 1));
        assert_eq!(cache.len(), 3);
    }

    #[test]
    fn an_answer_counts_until_its_time_or_the_tokens_is_over() {
        let mut cache = Cache::new(SECOND * 30, 9);
        cache.put(Key::of("plain"), active(r#"{"active":true}"#), at(0));
        cache.put(Key::of("short"), active(r#"{"active":true,"exp":10}"#), at(0));
        cache.put(Key::of("bad"), Answer::Inactive, at(0));
        assert!(knows(&cache, "plain", 29) && !knows(&cache, "plain", 30));
        assert!(knows(&cache, "short", 9) && !knows(&cache, "short", 10));
        assert!(knows(&cache, "bad", 2) && !knows(&cache, "bad", 3));
    }

    #[test]
    fn answers_that_are_over_leave_when_others_come() {
        let mut cache = Cache::new(SECOND * 30, 1_000);
        for number in 0..100 {
            cache.put(Key::of(&number.to_string()), active(r#"{"active":true}"#), at(0));
        }
        cache.put(Key::of("late"), active(r#"{"active":true}"#), at(30));
        assert_eq!(cache.len(), 1);
    }
}
