//! Why a value could not be had: any error in, what a report may say of it out. Next: `lookup`.

use std::any::Any;
use std::fmt::Display;

use super::{Field, ValueError};

/// Why a computed field, a parser or a setter has no value; made from any error by `?`.
#[derive(Debug)]
pub struct Failure(Reason);

#[derive(Debug)]
enum Reason {
    Value(ValueError),
    Other(String),
}

impl<E: Display + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        let value = (&error as &dyn Any).downcast_ref::<ValueError>().cloned();
        Self(value.map_or_else(|| Reason::Other(error.to_string()), Reason::Value))
    }
}

impl Failure {
    /// A [`ValueError`] without its value, or, of an error we know nothing about, nothing.
    fn redacted(self) -> ValueError {
        match self.0 {
            Reason::Value(error) => error.without_value(),
            Reason::Other(_) => ValueError::new("another form of value (not shown: a secret)"),
        }
    }

    /// What to say of a text that was read; the text itself only if that is no secret.
    pub(super) fn into_value_error(self, field: &Field, text: &str) -> ValueError {
        match self.0 {
            _ if field.secret => self.redacted(),
            Reason::Value(error) => error,
            Reason::Other(message) => {
                ValueError::new(format!("another value: {message}")).found(text)
            }
        }
    }

    /// What to say of a setter or an expression.
    pub(super) fn into_message(self, field: &Field) -> String {
        match self.0 {
            _ if field.secret => self.redacted().to_string(),
            Reason::Value(error) => error.to_string(),
            Reason::Other(message) => message,
        }
    }
}
