//! What derived code calls. No promise is made about any of it.

use std::fmt::{self, Debug};

pub use crate::config::{
    ConfigError, Configure, Descriptor, Environment, Failure, Field, FromEnv, Kind, Presence,
    Resolver, Slot,
};
pub use crate::configured::Configured;
pub use crate::error::AuthError;
pub use crate::jwt::{Claims, Verifier, VerifierBuilder};
pub use crate::options::{IntoAccess, Options};
pub use crate::provider::Authenticate;
#[cfg(feature = "registry")]
use crate::registry::Registration;
pub use crate::request::Request;
pub use crate::token::Token;
pub use futures_util::future::BoxFuture;
#[cfg(feature = "registry")]
pub use inventory;

/// From a builder to a provider. A trait, so that `Self` means the provider in `#[auth(init = ..)]`.
pub trait Assemble<Builder>: Sized {
    /// Resolves every option, computes what is computed, and checks the result.
    ///
    /// # Errors
    ///
    /// One [`ConfigError`] that names everything that is wrong.
    fn assemble(
        builder: Builder,
        environment: &Environment,
    ) -> Result<Configured<Self>, ConfigError>;
}

/// The provider alone, without what the application set.
pub fn into_provider<P>(configured: Configured<P>) -> P {
    configured.into_provider()
}

/// What a secret field prints.
#[derive(Clone, Copy)]
pub struct Redacted;

impl Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// What a field prints of which only its type knows whether it is a secret.
pub fn shown(secret: bool, value: &dyn Debug) -> &dyn Debug {
    if secret { &Redacted } else { value }
}

/// Compiles only for a type that authenticates; the derive points it at the struct's name.
pub const fn assert_authenticate<T: Authenticate>() {}

/// A provider's entry in the registry. Asks for both traits by name, so that whoever lacks one
/// reads that trait's message, not that of [`AuthProvider`](crate::AuthProvider).
#[cfg(feature = "registry")]
pub const fn registration<T: Authenticate + Configure>() -> Registration {
    Registration::of::<T>()
}

/// Registers a derived provider, which compiles only if it authenticates.
#[cfg(feature = "registry")]
#[doc(hidden)]
#[macro_export]
macro_rules! __register {
    ($provider:ty) => {
        $crate::private::inventory::submit! { $crate::private::registration::<$provider>() }
    };
}

/// Without the feature `registry` there is nowhere to register: compiles only if the provider
/// authenticates.
#[cfg(not(feature = "registry"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __register {
    ($provider:ty) => {
        const _: () = $crate::private::assert_authenticate::<$provider>();
    };
}
