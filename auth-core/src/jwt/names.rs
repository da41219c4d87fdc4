//! The names of a document's open objects: each stands once in its object, or the document is
//! refused. Used by `strict_json`.
//!
//! They are borrowed and in one list, for nearly every object is small: a name is compared with
//! those before it while they are few, and a large object is sorted once, at its end.

use std::borrow::Cow;

/// As many names as are compared one by one.
const FEW: usize = 16;

/// The names of the objects that are open, the innermost last.
pub(super) struct Names<'de>(Vec<Cow<'de, str>>);

/// An object that is open: where its names begin.
#[derive(Clone, Copy)]
pub(super) struct Opened(usize);

impl<'de> Names<'de> {
    pub(super) fn new() -> Self {
        Self(Vec::with_capacity(FEW))
    }

    /// Begins an object.
    pub(super) const fn open(&self) -> Opened {
        Opened(self.0.len())
    }

    /// Adds a name to the innermost object; false if it is seen to be there already. What is not
    /// seen here is seen by `close`.
    pub(super) fn add(&mut self, name: Cow<'de, str>, Opened(start): Opened) -> bool {
        let names = &self.0[start..];
        let is_new = names.len() > FEW
            || !names.iter().any(|other| is_same(other.as_bytes(), name.as_bytes()));
        self.0.push(name);
        is_new
    }

    /// Ends the innermost object; whether each of its names stood in it once.
    pub(super) fn close(&mut self, Opened(start): Opened) -> bool {
        let names = &mut self.0[start..];
        let is_large = names.len() > FEW;
        if is_large {
            names.sort_unstable();
        }
        let is_sound = !is_large || names.is_sorted_by(|one, next| one < next);
        self.0.truncate(start);
        is_sound
    }
}

/// Whether two names are the same. Most of one length differ in their last byte, `iss` and `sub` or
/// `exp` and `iat`, which is seen at less cost than by a call.
pub(super) fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.last() == other.last() && one == other
}
