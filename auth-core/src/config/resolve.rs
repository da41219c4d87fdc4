//! From what the builder was given and what the environment holds to one value a field.
//!
//! In: a [`Slot`] a field, the texts that were given by name, and the descriptor. Out: the values
//! and where they came from, or everything that is wrong; nothing stops at the first. Called by
//! derived code only. Next: `lookup`.

use super::checked::Checked;
use super::failure::Failure;
use super::lookup::{Found, Parse};
use super::nearest::nearest;
use super::shown::shown;
use super::slot::Slot;
use super::source::{Origin, Source};
use super::{ConfigError, Descriptor, Environment, Field, Presence, Problem, ProblemKind, Texts};
use crate::configured::Configured;
use crate::jwt::{Verifier, VerifierBuilder};
use crate::options::Options;

/// Collects one value a field, and every problem on the way.
#[derive(Debug)]
pub struct Resolver<'e> {
    descriptor: &'static Descriptor,
    pub(super) environment: &'e Environment,
    /// What was given by name and nobody has asked for yet.
    pub(super) texts: Texts,
    /// One an option that has a value so far.
    pub(super) origins: Vec<Origin>,
    problems: Vec<Problem>,
}

impl<'e> Resolver<'e> {
    /// Starts with no problem.
    pub const fn new(descriptor: &'static Descriptor, environment: &'e Environment) -> Self {
        Self {
            descriptor,
            environment,
            texts: Texts::empty(),
            origins: Vec::new(),
            problems: Vec::new(),
        }
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
            Found::Nothing { .. } => {
                self.origins.push(Origin::new(field, Source::Absent, None));
                None
            }
            Found::Unusable => None,
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
        let field = self.field(index);
        match self.lookup(field, slot, parse) {
            Found::Value(value) => Some(value),
            Found::Unusable => None,
            Found::Nothing { .. } => {
                self.origins.push(Origin::default(field));
                Some(default())
            }
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
    pub fn check(&mut self, checked: impl Checked) {
        if let Some(complaint) = checked.complaint() {
            self.invalid("", complaint);
        }
    }

    /// What every provider shares; its mistakes join the report, and its texts are looked at before
    /// any variable.
    pub fn options<P>(&mut self, options: &mut Options<P>) {
        for (option, message) in &options.problems {
            self.invalid(option, message.clone());
        }
        let texts = std::mem::take(&mut options.texts);
        for name in texts.names() {
            self.name(name);
        }
        self.texts = texts;
    }

    /// The provider, unless something is wrong.
    pub fn finish<P>(self, provider: P, options: Options<P>) -> Result<Configured<P>, ConfigError> {
        if !self.is_clean() {
            return Err(self.fail());
        }
        let name = self.descriptor.name;
        let configured = Configured::with_options(provider, name, options, self.origins);
        tracing::info!(target: "auth_core::config", "{}", configured.summary());
        Ok(configured)
    }

    /// Everything that was noted.
    pub fn fail(self) -> ConfigError {
        ConfigError::new(self.descriptor.name.to_owned(), self.problems)
    }

    pub(super) fn refuse(&mut self, field: &'static Field, failure: Failure) {
        self.invalid(field.name, failure.into_message(field));
    }

    pub(super) fn note(&mut self, field: &'static Field, kind: ProblemKind) {
        self.problems.push(Problem { field: field.name, kind });
    }

    fn field(&self, index: usize) -> &'static Field {
        &self.descriptor.fields[index]
    }

    /// Judges a name that a text was given under.
    fn name(&mut self, name: &str) {
        match self.descriptor.field(name) {
            None => {
                let nearest = nearest(name, self.descriptor);
                let options = self.descriptor.options().map(|field| field.name).collect();
                let kind = ProblemKind::Unknown { name: shown(name), nearest, options };
                self.problems.push(Problem { field: "set", kind });
            }
            Some(field) if field.presence == Presence::Computed => {
                self.note(field, ProblemKind::Computed);
            }
            Some(_) => {}
        }
    }

    fn invalid(&mut self, field: &'static str, message: String) {
        self.problems.push(Problem { field, kind: ProblemKind::Invalid { message } });
    }
}
