//! Providers find their way to the harness: each derived one registers itself when its crate is
//! linked.
//!
//! In: `#[derive(AuthProvider)]` in a crate that is mentioned (`use that_crate as _;`). Out:
//! [`providers`], sorted by name, since linkers promise no order. A crate that nobody mentions is
//! not linked and registers nothing: refuse an empty registry.

use std::any::type_name;

use crate::any::AnyProvider;
use crate::config::{AuthProvider, ConfigError, Configure, Descriptor, Environment, Texts};
use crate::configured::Configured;

/// A provider that somebody derived.
#[derive(Debug, Clone, Copy)]
pub struct Registration {
    descriptor: &'static Descriptor,
    type_path: fn() -> &'static str,
    build: fn(Texts, &Environment) -> Result<Configured<AnyProvider>, ConfigError>,
}

inventory::collect!(Registration);

impl Registration {
    /// The registration of a provider.
    pub const fn of<P: AuthProvider>() -> Self {
        Self {
            descriptor: <P as Configure>::DESCRIPTOR,
            type_path: type_name::<P>,
            build: |texts, environment| P::resolve(texts, environment).map(Configured::into_any),
        }
    }

    /// The provider's table of options.
    pub const fn descriptor(&self) -> &'static Descriptor {
        self.descriptor
    }

    /// The provider's type with its path, which tells two of one name apart.
    pub fn type_path(&self) -> &'static str {
        (self.type_path)()
    }

    /// Builds it with every option taken from `environment`.
    ///
    /// # Errors
    ///
    /// One [`ConfigError`] that names everything that is wrong.
    pub fn build(&self, environment: &Environment) -> Result<Configured<AnyProvider>, ConfigError> {
        self.build_with(Texts::empty(), environment)
    }

    /// Builds it with `texts` as options given by name, which rank before every variable, and every
    /// other option taken from `environment`.
    ///
    /// # Errors
    ///
    /// One [`ConfigError`] that names everything that is wrong.
    pub fn build_with(
        &self,
        texts: impl Into<Texts>,
        environment: &Environment,
    ) -> Result<Configured<AnyProvider>, ConfigError> {
        (self.build)(texts.into(), environment)
    }
}

/// Every registered provider, by name.
pub fn providers() -> Vec<&'static Registration> {
    let mut all: Vec<_> = inventory::iter::<Registration>().collect();
    all.sort_by_key(|registration| {
        (registration.descriptor.name, registration.descriptor.type_name)
    });
    all
}
