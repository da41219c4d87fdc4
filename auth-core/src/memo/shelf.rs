//! What is known already: a key in, the last answer out if that still counts.
//!
//! Good and bad answers stand apart, so that strangers push out no user. Each shelf has a capacity,
//! and the oldest answer goes first.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use super::topic::{Kind, Topic};
use crate::clock::Clock;

/// How many answers are kept, and for how long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Zero keeps none.
    pub(crate) lifetime: Duration,
    /// Zero keeps none.
    pub(crate) capacity: usize,
}

impl Limits {
    /// Keeps nothing.
    pub(crate) const NONE: Self = Self { lifetime: Duration::ZERO, capacity: 0 };
}

/// A time on both clocks: answers age on the one that never goes back, what they say expires on the
/// other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    monotonic: Duration,
    unix: Duration,
}

impl Moment {
    pub(super) fn now(clock: &dyn Clock) -> Self {
        Self { monotonic: clock.monotonic(), unix: clock.unix() }
    }
}

/// The answers of one memory.
pub(crate) struct Shelves<T: Topic> {
    good: Shelf<T>,
    bad: Shelf<T>,
}

impl<T: Topic> Shelves<T> {
    pub(crate) fn new(good: Limits, bad: Limits) -> Self {
        Self { good: Shelf::new(good), bad: Shelf::new(bad) }
    }

    /// What is known of this key, unless it is too old, or over.
    pub(super) fn get(&self, key: &T::Key, now: Moment) -> Option<T::Answer> {
        self.good.get(key, now).or_else(|| self.bad.get(key, now))
    }

    /// Keeps the answer to a question that was put `at` this moment, instead of any other.
    pub(super) fn put(&mut self, key: T::Key, answer: T::Answer, at: Moment) {
        self.remove(&key);
        match T::kind(&answer) {
            Kind::Good => self.good.put(key, answer, at.monotonic),
            Kind::Bad => self.bad.put(key, answer, at.monotonic),
        }
    }

    pub(super) fn remove(&mut self, key: &T::Key) {
        self.good.remove(key);
        self.bad.remove(key);
    }

    /// How many answers there are.
    pub(super) fn len(&self) -> usize {
        self.good.entries.len() + self.bad.entries.len()
    }
}

struct Shelf<T: Topic> {
    limits: Limits,
    entries: HashMap<T::Key, Entry<T::Answer>>,
    /// The keys, oldest first.
    order: BTreeMap<u64, T::Key>,
    next: u64,
}

struct Entry<A> {
    answer: A,
    serial: u64,
    until: Duration,
}

impl<T: Topic> Shelf<T> {
    fn new(limits: Limits) -> Self {
        Self { limits, entries: HashMap::new(), order: BTreeMap::new(), next: 0 }
    }

    fn get(&self, key: &T::Key, now: Moment) -> Option<T::Answer> {
        let entry = self.entries.get(key).filter(|entry| now.monotonic < entry.until)?;
        let expires = T::expires_at(&entry.answer);
        expires.is_none_or(|expires| now.unix < expires).then(|| entry.answer.clone())
    }

    fn put(&mut self, key: T::Key, answer: T::Answer, at: Duration) {
        if self.limits.lifetime.is_zero() || self.limits.capacity == 0 {
            return;
        }
        while self.is_full_or_over(at) {
            let Some((_, oldest)) = self.order.pop_first() else { break };
            self.entries.remove(&oldest);
        }
        let (serial, until) = (self.next, at.saturating_add(self.limits.lifetime));
        self.next += 1;
        self.order.insert(serial, key.clone());
        self.entries.insert(key, Entry { answer, serial, until });
    }

    /// Whether the oldest answer has to go, or counts no more.
    fn is_full_or_over(&self, now: Duration) -> bool {
        let oldest = self.order.values().next().and_then(|key| self.entries.get(key));
        self.entries.len() >= self.limits.capacity
            || oldest.is_some_and(|oldest| oldest.until <= now)
    }

    fn remove(&mut self, key: &T::Key) {
        if let Some(entry) = self.entries.remove(key) {
            self.order.remove(&entry.serial);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// An answer that is bad, or good until its own end.
    #[derive(Clone, Copy)]
    enum Said {
        Yes,
        YesUntil(Duration),
        No,
    }

    struct Tokens;

    impl Topic for Tokens {
        type Key = String;
        type Answer = Said;
        type Trouble = &'static str;

        fn unanswered(reason: &'static str) -> &'static str {
            reason
        }

        fn kind(answer: &Said) -> Kind {
            if matches!(answer, Said::No) { Kind::Bad } else { Kind::Good }
        }

        fn expires_at(answer: &Said) -> Option<Duration> {
            if let Said::YesUntil(end) = answer { Some(*end) } else { None }
        }
    }

    fn shelves(lifetime: u32, capacity: usize) -> Shelves<Tokens> {
        let limits = |lifetime| Limits { lifetime, capacity };
        Shelves::new(limits(SECOND * lifetime), limits(SECOND * lifetime.min(3)))
    }

    fn at(seconds: u32) -> Moment {
        Moment { monotonic: SECOND * seconds, unix: SECOND * seconds }
    }

    fn knows(shelves: &Shelves<Tokens>, token: &str, seconds: u32) -> bool {
        shelves.get(&token.to_owned(), at(seconds)).is_some()
    }

    #[test]
    fn a_full_shelf_gives_up_its_oldest_answer() {
        let mut shelves = shelves(60, 2);
        for token in ["a", "b", "a", "c"] {
            shelves.put(token.to_owned(), Said::Yes, at(0));
        }
        assert!(!knows(&shelves, "b", 1) && knows(&shelves, "a", 1) && knows(&shelves, "c", 1));
        assert_eq!((shelves.len(), shelves.good.order.len()), (2, 2));
    }

    #[test]
    fn bad_answers_push_out_no_good_one() {
        let mut shelves = shelves(60, 2);
        shelves.put("good".to_owned(), Said::Yes, at(0));
        for number in 0..100 {
            shelves.put(format!("bad-{number}"), Said::No, at(0));
        }
        assert!(knows(&shelves, "good", 1));
        assert_eq!(shelves.len(), 3);
    }

    #[test]
    fn an_answer_counts_until_its_time_or_its_own_end() {
        let mut shelves = shelves(30, 9);
        shelves.put("plain".to_owned(), Said::Yes, at(0));
        shelves.put("short".to_owned(), Said::YesUntil(SECOND * 10), at(0));
        shelves.put("bad".to_owned(), Said::No, at(0));
        assert!(knows(&shelves, "plain", 29) && !knows(&shelves, "plain", 30));
        assert!(knows(&shelves, "short", 9) && !knows(&shelves, "short", 10));
        assert!(knows(&shelves, "bad", 2) && !knows(&shelves, "bad", 3));
    }

    #[test]
    fn the_last_answer_is_the_only_one_of_its_key() {
        let mut shelves = shelves(30, 9);
        for said in [Said::Yes, Said::No, Said::Yes] {
            shelves.put("a".to_owned(), said, at(0));
            assert_eq!(shelves.len(), 1);
        }
        shelves.put("a".to_owned(), Said::No, at(0));
        assert!(matches!(shelves.get(&"a".to_owned(), at(1)), Some(Said::No)));
        shelves.remove(&"a".to_owned());
        assert_eq!((shelves.len(), shelves.bad.order.len()), (0, 0));
    }

    #[test]
    fn answers_that_are_over_leave_when_others_come() {
        let mut shelves = shelves(30, 1_000);
        for number in 0..100 {
            shelves.put(number.to_string(), Said::Yes, at(0));
        }
        shelves.put("late".to_owned(), Said::Yes, at(30));
        assert_eq!(shelves.len(), 1);
    }

    #[test]
    fn a_shelf_without_room_or_time_keeps_nothing() {
        for (lifetime, capacity) in [(0, 9), (30, 0)] {
            let mut shelves = shelves(lifetime, capacity);
            shelves.put("a".to_owned(), Said::Yes, at(0));
            shelves.put("b".to_owned(), Said::No, at(0));
            assert_eq!(shelves.len(), 0);
        }
    }
}
