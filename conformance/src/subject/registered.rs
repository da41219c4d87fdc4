//! A provider that can be built from variables alone: one that registered itself, or one that a test
//! names. Next: `in_process`.

use auth_core::any::AnyProvider;
use auth_core::config::{ConfigError, Descriptor, Environment, Texts, Vars};
use auth_core::registry::{self, Registration};
use auth_core::{AuthProvider, Configured};

use super::{InProcess, Profile};
use crate::idp::Vendor;
use crate::verdict::Stop;

/// A provider that can be built from variables alone.
#[derive(Debug, Clone, Copy)]
pub struct Registered {
    registration: Registration,
    build: Build,
    /// How the harness plays its vendor.
    pub vendor: Vendor,
}

/// How a registered provider is built from options by name and an environment.
pub type Build =
    fn(&Registration, Texts, &Environment) -> Result<Configured<AnyProvider>, ConfigError>;

/// Every provider of the crates that are linked in.
pub fn registered() -> Vec<Registered> {
    registry::providers().into_iter().map(|registration| Registered::new(*registration)).collect()
}

impl Registered {
    /// A provider by its type.
    pub fn of<P: AuthProvider>() -> Self {
        Self::new(Registration::of::<P>())
    }

    fn new(registration: Registration) -> Self {
        let vendor = Vendor::of(registration.descriptor().name);
        Self { registration, build: Registration::build_with, vendor }
    }

    /// The same provider, built in another way: with a flaw, to see a case fail.
    pub fn built_by(mut self, build: Build) -> Self {
        self.build = build;
        self
    }

    /// The same provider before another vendor: one without a room in this crate, or the vendor of
    /// the provider that this one is a twin of.
    pub const fn played_by(mut self, vendor: Vendor) -> Self {
        self.vendor = vendor;
        self
    }

    /// The provider's name.
    pub fn name(&self) -> &'static str {
        self.descriptor().name
    }

    /// The provider's type with its path, such as `acme::Acme`.
    pub fn type_path(&self) -> &'static str {
        self.registration.type_path()
    }

    /// The provider's table of options.
    pub fn descriptor(&self) -> &'static Descriptor {
        self.registration.descriptor()
    }

    /// Builds it.
    ///
    /// # Errors
    ///
    /// What is wrong with its configuration.
    pub fn build(&self, environment: &Environment) -> Result<Configured<AnyProvider>, ConfigError> {
        self.build_with(Texts::empty(), environment)
    }

    /// Builds it with options by name, as an application gives them; the rest from the environment.
    ///
    /// # Errors
    ///
    /// What is wrong with its configuration.
    pub fn build_with(
        &self,
        texts: Texts,
        environment: &Environment,
    ) -> Result<Configured<AnyProvider>, ConfigError> {
        (self.build)(&self.registration, texts, environment)
    }

    /// The variables that its vendor's room gives it, and made-up ones for what else it needs.
    ///
    /// # Errors
    ///
    /// [`Stop::Unimplemented`] when there is an option that nobody can fill.
    pub fn variables(&self) -> Result<Vars, Stop> {
        let variables = self.vendor.variables_for(self.descriptor());
        Ok(variables.map_err(Stop::Unimplemented)?.into_iter().collect())
    }

    /// What it promises, without starting its world.
    ///
    /// # Errors
    ///
    /// [`Stop::Control`] when it cannot be built.
    pub fn profile(&self) -> Result<Profile, Stop> {
        let environment = Environment::process().with_vars(self.variables()?);
        match self.build(&environment) {
            Ok(provider) => Ok(InProcess::new(provider).profile()),
            Err(error) => Err(Stop::Control(format!("it did not start: {error}"))),
        }
    }
}
