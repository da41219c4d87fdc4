//! The two traits a provider consists of, seen from configuration. Next: `descriptor`.

use super::{ConfigError, Descriptor, Environment};
use crate::configured::Configured;
use crate::provider::Authenticate;

/// How a provider is built from an environment. Written by `#[derive(AuthProvider)]`.
///
/// Deliberately not a subtrait of [`Authenticate`]: a struct that lacks the one is told so once,
/// not once for every mention of the other.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not configured by a derive",
    note = "put `#[derive(AuthProvider)]` and `#[auth(name = \"..\")]` on the struct"
)]
pub trait Configure: Sized + Send + Sync + 'static {
    /// Name, documentation and fields.
    const DESCRIPTOR: &'static Descriptor;

    /// Builds the bare provider with every option taken from `environment`.
    ///
    /// # Errors
    ///
    /// One [`ConfigError`] that names everything that is wrong.
    fn resolve(environment: &Environment) -> Result<Self, ConfigError>;
}

/// A provider: configured by a derive, and able to authenticate.
///
/// Implemented for every type that is both; nobody implements it by hand.
pub trait AuthProvider: Authenticate + Configure {
    /// Builds the provider with every option taken from `environment`, ready for a
    /// [`Gate`](crate::Gate).
    ///
    /// # Errors
    ///
    /// One [`ConfigError`] that names everything that is wrong.
    fn from_environment(environment: &Environment) -> Result<Configured<Self>, ConfigError> {
        Ok(Configured::new(Self::resolve(environment)?, Self::DESCRIPTOR.name))
    }
}

impl<P: Authenticate + Configure> AuthProvider for P {}
