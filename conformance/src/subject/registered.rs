//! A provider that can be built from variables alone: one that registered itself, or one that a test
//! names. Next: `in_process`.

use auth_core::any::AnyProvider;
use auth_core::config::{ConfigError, Descriptor, Environment};
use auth_core::registry::{self, Registration};
use auth_core::{AuthProvider, Configured};

use crate::idp::Vendor;

/// A provider that can be built from variables alone.
#[derive(Debug, Clone, Copy)]
pub struct Registered {
    registration: Registration,
    /// How the harness plays its vendor.
    pub vendor: Vendor,
}

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
        Self { vendor: Vendor::of(registration.descriptor().name), registration }
    }

    /// The provider's name.
    pub fn name(&self) -> &'static str {
        self.descriptor().name
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
        self.registration.build(environment)
    }
}
