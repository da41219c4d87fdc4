//! What a builder's setter was given: a value in, kept until building. Next: `lookup`.

use std::fmt::{self, Display};

use super::failure::Failure;

/// What the builder was given for one field: nothing, a value, or something it could not take.
pub struct Slot<T>(pub(super) Option<Result<T, Failure>>);

impl<T> Slot<T> {
    /// Nothing given.
    pub const fn empty() -> Self {
        Self(None)
    }

    /// Takes a value; an error is kept until building, to be reported with all others.
    pub fn set<V>(&mut self, value: V)
    where
        V: TryInto<T>,
        V::Error: Display + 'static,
    {
        self.0 = Some(value.try_into().map_err(Failure::from));
    }

    /// Whether a setter was called.
    pub(crate) const fn is_given(&self) -> bool {
        self.0.is_some()
    }
}

/// Whether something was given, never what: it may be a secret.
impl<T> fmt::Debug for Slot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_given() { "given" } else { "not given" })
    }
}
