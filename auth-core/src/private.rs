//! What derived code calls. No promise is made about any of it.

use std::fmt::{self, Debug};

pub use crate::config::{
    ConfigError, Configure, Descriptor, Environment, Failure, Field, FromEnv, Kind, Presence,
    Resolver, Slot, Texts,
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

/// A token through a provider's verifier, and whether it came from its holder.
///
/// That the future can be sent is said here, and so proved once: for a future of the provider's own
/// it would be proved, deep into the HTTP client, for every provider again.
pub fn verify(
    verifier: &Verifier,
    token: &Token<'_>,
    request: &Request<'_>,
) -> impl Future<Output = Result<Claims, AuthError>> + Send {
    verifier.verify_request(token, request)
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

/// A provider's entry in the registry, if it is a provider.
///
/// For one that is none, the name means that of [`NoProvider`]: what is wrong with the struct has
/// been told at a token of the user's, and need not be told once for every trait again.
#[cfg(feature = "registry")]
#[derive(Debug)]
pub struct Entry<T>(std::marker::PhantomData<T>);

#[cfg(feature = "registry")]
impl<T: Authenticate + Configure> Entry<T> {
    /// What is registered.
    pub const REGISTRATION: Option<Registration> = Some(Registration::of::<T>());
}

/// What an [`Entry`] falls back to.
#[cfg(feature = "registry")]
pub trait NoProvider {
    /// Nothing.
    const REGISTRATION: Option<Registration> = None;
}

#[cfg(feature = "registry")]
impl<T> NoProvider for Entry<T> {}

/// Registers a derived provider.
#[cfg(feature = "registry")]
#[doc(hidden)]
#[macro_export]
macro_rules! __register {
    ($provider:ty) => {
        const _: () = {
            use $crate::private::NoProvider as _;
            $crate::private::inventory::submit! {
                $crate::private::Entry::<$provider>::REGISTRATION
                    .expect("this is no provider: another error says why")
            }
        };
    };
}

/// Without the feature `registry` there is nowhere to register.
#[cfg(not(feature = "registry"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __register {
    ($provider:ty) => {};
}
