//! From what the builder was given and what the environment holds to one value a field.
//!
//! In: a [`Slot`] a field and the descriptor. Out: the value, or a noted problem; nothing stops at
//! the first. Called by derived code only. Next: `problem`.

use std::any::Any;
use std::fmt::{self, Display};

use super::{ConfigError, Descriptor, Environment, Field, Problem, ProblemKind, ValueError};
use crate::configured::Configured;
use crate::jwt::{Verifier, VerifierBuilder};
use crate::options::Options;

/// What the builder was given for one field: nothing, a value, or something it could not take.
pub struct Slot<T>(Option<Result<T, Failure>>);

/// Why a computed field or a setter has no value; made from any error by `?`.
#[derive(Debug)]
pub struct Failure(Reason);

#[derive(Debug)]
enum Reason {
    Value(ValueError),
    Other(String),
}

/// What a field's sources hold.
enum Found<T> {
    Value(T),
    /// Something that was noted.
    Unusable,
    Nothing {
        /// The variables that are set, but blank.
        blank: Vec<&'static str>,
    },
}

/// Reads the text of a variable.
type Parse<T> = fn(&str) -> Result<T, Failure>;

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

    /// What to say of a variable; its text only if that is no secret.
    fn into_value_error(self, field: &Field, text: &str) -> ValueError {
        match self.0 {
            _ if field.secret => self.redacted(),
            Reason::Value(error) => error,
            Reason::Other(message) => {
                ValueError::new(format!("another value: {message}")).found(text)
            }
        }
    }
}

impl Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(error) => error.fmt(f),
            Self::Other(message) => f.write_str(message),
        }
    }
}

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
}

/// Whether something was given, never what: it may be a secret.
impl<T> fmt::Debug for Slot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "given" } else { "not given" })
    }
}

/// Collects one value a field, and every problem on the way.
#[derive(Debug)]
pub struct Resolver<'e> {
    descriptor: &'static Descriptor,
    environment: &'e Environment,
    problems: Vec<Problem>,
}

impl<'e> Resolver<'e> {
    /// Starts with no problem.
    pub const fn new(descriptor: &'static Descriptor, environment: &'e Environment) -> Self {
        Self { descriptor, environment, problems: Vec::new() }
    }

    /// A field that has to be given. `None` means that a problem was noted.
    pub fn required<T>(
        &mut self,
        index: usize,
        slot: Slot<T>,
        parse: Option<Parse<T>>,
    ) -> Option<T> {
        let field = self.field(index);
        match self.lookup(field, slot, parse) {
            Found::Value(value) => Some(value),
            Found::Unusable => None,
            Found::Nothing { blank } => {
                self.note(field, ProblemKind::Missing { variables: field.variables, blank });
                None
            }
        }
    }

    /// A field that may be absent. `None` means absent, or that a problem was noted: a variable that
    /// is set, but blank, was meant to hold something, and leaving it out may leave out a check.
    pub fn optional<T>(
        &mut self,
        index: usize,
        slot: Slot<T>,
        parse: Option<Parse<T>>,
    ) -> Option<T> {
        let field = self.field(index);
        match self.lookup(field, slot, parse) {
            Found::Value(value) => Some(value),
            Found::Nothing { blank } if !blank.is_empty() => {
                self.note(field, ProblemKind::Blank { variables: blank });
                None
            }
            Found::Unusable | Found::Nothing { .. } => None,
        }
    }

    /// A field with a default. `None` means that a problem was noted.
    pub fn or_default<T>(
        &mut self,
        index: usize,
        slot: Slot<T>,
        parse: Option<Parse<T>>,
        default: impl FnOnce() -> T,
    ) -> Option<T> {
        match self.lookup(self.field(index), slot, parse) {
            Found::Value(value) => Some(value),
            Found::Unusable => None,
            Found::Nothing { .. } => Some(default()),
        }
    }

    /// Whether nothing is wrong so far: only then are computed fields worth computing.
    pub const fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// A computed field. `?` works in `compute` for every error that can be displayed.
    pub fn init<T>(
        &mut self,
        index: usize,
        compute: impl FnOnce() -> Result<T, Failure>,
    ) -> Option<T> {
        let field = self.field(index);
        match compute() {
            Ok(value) => Some(value),
            Err(failure) => {
                self.refuse(field, failure);
                None
            }
        }
    }

    /// A computed field that is a verifier: finishes it with the environment.
    pub fn verify(
        &mut self,
        index: usize,
        compute: impl FnOnce() -> Result<VerifierBuilder, Failure>,
    ) -> Option<Verifier> {
        let field = self.field(index);
        let verifier = self.init(index, compute)?;
        let finished = verifier.build_in(self.environment);
        let problems = finished.as_ref().err().map_or(&[][..], |error| error.problems());
        for problem in problems {
            self.invalid(field.name, problem.clone());
        }
        finished.ok()
    }

    /// A rule across fields.
    pub fn check<E: Display>(&mut self, checked: Result<(), E>) {
        if let Err(error) = checked {
            self.invalid("", error.to_string());
        }
    }

    /// What every provider shares; its mistakes join the report.
    pub fn options<P>(&mut self, options: &Options<P>) {
        for (option, message) in &options.problems {
            self.invalid(option, message.clone());
        }
    }

    /// The provider, unless something is wrong.
    pub fn finish<P>(self, provider: P, options: Options<P>) -> Result<Configured<P>, ConfigError> {
        if self.is_clean() {
            Ok(Configured::with_options(provider, self.descriptor.name, options))
        } else {
            Err(self.fail())
        }
    }

    /// Everything that was noted.
    pub fn fail(self) -> ConfigError {
        ConfigError::new(self.descriptor.name.to_owned(), self.problems)
    }

    fn field(&self, index: usize) -> &'static Field {
        &self.descriptor.fields[index]
    }

    /// Builder, then variables from left to right.
    fn lookup<T>(
        &mut self,
        field: &'static Field,
        slot: Slot<T>,
        parse: Option<Parse<T>>,
    ) -> Found<T> {
        if let Some(given) = slot.0 {
            return given.map_or_else(
                |failure| {
                    self.refuse(field, failure);
                    Found::Unusable
                },
                Found::Value,
            );
        }
        let mut blank = Vec::new();
        let Some(parse) = parse else { return Found::Nothing { blank } };
        for variable in field.variables.iter().copied() {
            match self.environment.vars().get(variable).as_ref().map(Option::as_deref) {
                Ok(None) => {}
                Ok(Some(text)) if text.trim().is_empty() => blank.push(variable),
                Ok(Some(text)) => return self.read(field, variable, text.trim(), parse),
                Err(_) => {
                    let error = ValueError::new("text in UTF-8, found other bytes");
                    self.note(field, ProblemKind::Malformed { variable, error });
                    return Found::Unusable;
                }
            }
        }
        Found::Nothing { blank }
    }

    /// Reads a variable that is set; a malformed one is never passed over for the next.
    fn read<T>(
        &mut self,
        field: &'static Field,
        variable: &'static str,
        text: &str,
        parse: Parse<T>,
    ) -> Found<T> {
        parse(text).map_or_else(
            |failure| {
                let error = failure.into_value_error(field, text);
                self.note(field, ProblemKind::Malformed { variable, error });
                Found::Unusable
            },
            Found::Value,
        )
    }

    fn refuse(&mut self, field: &'static Field, failure: Failure) {
        let message =
            if field.secret { failure.redacted().to_string() } else { failure.0.to_string() };
        self.invalid(field.name, message);
    }

    fn invalid(&mut self, field: &'static str, message: String) {
        self.problems.push(Problem { field, kind: ProblemKind::Invalid { message } });
    }

    fn note(&mut self, field: &'static Field, kind: ProblemKind) {
        self.problems.push(Problem { field: field.name, kind });
    }
}
