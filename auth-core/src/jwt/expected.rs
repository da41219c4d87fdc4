//! What a claim is compared with: a list of values, or, by a `danger_` call, nothing.
//!
//! An empty list admits nobody; "anything" has to be said.

/// The values that a claim may have.
#[derive(Debug, Clone)]
pub(crate) enum Expected {
    OneOf(Vec<String>),
    Anything,
}

impl Expected {
    pub(crate) const fn nothing_yet() -> Self {
        Self::OneOf(Vec::new())
    }

    pub(crate) fn add(&mut self, value: String) {
        match self {
            Self::OneOf(values) => values.push(value),
            Self::Anything => *self = Self::OneOf(vec![value]),
        }
    }

    /// Compared byte for byte.
    pub(crate) fn admits(&self, value: &str) -> bool {
        match self {
            Self::OneOf(values) => values.iter().any(|expected| expected == value),
            Self::Anything => true,
        }
    }

    pub(crate) const fn is_checked(&self) -> bool {
        matches!(self, Self::OneOf(_))
    }

    /// The values; none where anything goes.
    pub(crate) fn values(&self) -> &[String] {
        match self {
            Self::OneOf(values) => values,
            Self::Anything => &[],
        }
    }

    /// What is wrong with the list of expected `what`s.
    pub(crate) fn problem(&self, what: &str) -> Option<String> {
        let Self::OneOf(values) = self else { return None };
        if values.is_empty() {
            return Some(format!(
                "no {what} is expected: call `.{what}(..)`, or `.danger_accept_any_{what}()` to \
                 give up the check"
            ));
        }
        let is_blank = |value: &String| value.trim().is_empty();
        values.iter().any(is_blank).then(|| format!("the expected {what} is blank"))
    }
}
