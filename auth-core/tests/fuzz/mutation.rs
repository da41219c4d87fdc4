//! Seeds in, inputs out: each a seed with a few changes of the kinds that parsers stumble over.
//!
//! What is generated is a few numbers for each change, and what they mean is worked out here: that
//! is quick, and shrinks well.

use std::fmt;

use proptest::prelude::*;

/// Bytes that show as text where they can.
#[derive(Clone)]
pub(super) struct Input(pub(super) Vec<u8>);

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// What formats are made of, and what breaks them.
const WORDS: [&[u8]; 40] = [
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b".",
    b"=",
    b"-",
    b"_",
    b" ",
    b"\n",
    b"\0",
    b"\xff",
    b"\xc3\xa9",
    b"\\u0000",
    b"\\ud800",
    b"null",
    b"true",
    b"0",
    b"-1",
    b"1e999",
    b"253402300800",
    b"18446744073709551616",
    b"\"alg\":",
    b"\"none\"",
    b"\"HS256\"",
    b"\"kid\":",
    b"\"crit\":[]",
    b"\"exp\":",
    b"\"iss\":",
    b"\"cnf\":{}",
    b"\"keys\":[",
    b"\"d\":\"AQAB\"",
    b"$serde_json::private::RawValue",
    b"-----BEGIN ",
    b"-----END PUBLIC KEY-----",
    b"https://",
];

/// A change: what kind, where, and two numbers whose meaning is the kind's.
type Change = (u8, u16, u8, u8);

/// Inputs that begin as one of these seeds.
pub(super) fn inputs(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Input> {
    let changes = prop::collection::vec(any::<Change>(), 0..6);
    (any::<u8>(), changes).prop_map(move |(which, changes)| {
        let mut bytes = pick(&seeds, which).clone();
        for change in changes {
            apply(change, &mut bytes, &seeds);
        }
        Input(bytes)
    })
}

fn pick<T>(items: &[T], which: u8) -> &T {
    &items[usize::from(which) % items.len()]
}

fn apply((kind, place, a, b): Change, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    let at = usize::from(place) % (bytes.len() + 1);
    let end = bytes.len().min(at + usize::from(a % 16) + 1);
    match kind % 16 {
        0..=2 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << (a % 8);
            }
        }
        3..=5 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = a;
            }
        }
        6..=7 => drop(bytes.drain(at..end)),
        8..=11 => drop(bytes.splice(at..at, pick(&WORDS, a).iter().copied())),
        12 => drop(bytes.splice(at..at, [a, b])),
        13 => {
            let again = bytes[at..end].repeat(b.into());
            drop(bytes.splice(at..at, again));
        }
        14 => bytes.truncate(at),
        // The rest of another seed.
        _ => {
            let seed = pick(seeds, a);
            bytes.truncate(at);
            bytes.extend_from_slice(&seed[at.min(seed.len())..]);
        }
    }
}
