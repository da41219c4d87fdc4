//! The two traits a provider consists of, seen from configuration. Next: `descriptor`.

use super::{ConfigError, Descriptor, Environment, Texts};
use crate::configured::Configured;
use crate::provider::Authenticate;

/// How a provider is built from an environment. Written by `#[derive(AuthProvider)]`.
///
/// Deliberately not a subtrait of [`Authenticate`], nor of what that asks for: a struct that lacks
/// the one is told so once, not once for every mention of the other.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not configured by a derive",
    note = "put `#[derive(AuthProvider)]` and `#[auth(name = \"..\")]` on the struct"
)]
pub trait Configure: Sized {
    /// Name, documentation and fields.
    const DESCRIPTOR: &'static Descriptor;

    /// Builds the provider with `texts` as options given by name, and every other option taken from
    /// `environment`.
    ///
    /// # Errors
    ///
    /// One [`ConfigError`] that names everything that is wrong.
    fn resolve(texts: Texts, environment: &Environment) -> Result<Configured<Self>, ConfigError>;
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
        Self::resolve(Texts::empty(), environment)
    }

    /// The same with some options given by name, as the builder's `.set(..)`: they rank before
    /// every variable.
    ///
    /// ```
    /// # use auth_core::config::{Environment, Vars};
    /// # use auth_core::{AuthProvider, HmacSecret, Verifier};
    /// #[derive(AuthProvider)]
    /// #[auth(name = "acme")]
    /// struct Acme {
    ///     #[auth(env = "ACME_SECRET")]
    ///     secret: HmacSecret,
    ///     #[auth(env = "ACME_AUDIENCE")]
    ///     audience: String,
    ///     #[auth(verify = Verifier::hmac(secret).issuer("https://acme.example/").audience(audience))]
    ///     verifier: Verifier,
    /// }
    ///
    /// let vars = Vars::from([("ACME_SECRET", "0f1e2d3c4b5a69788796a5b4c3d2e1f0")]);
    /// let environment = Environment::process().with_vars(vars);
    /// let acme = Acme::from_texts([("audience", "api")], &environment)?;
    /// assert_eq!(acme.provider().audience, "api");
    ///
    /// let error = Acme::from_texts([("audiense", "api")], &environment).unwrap_err();
    /// assert_eq!(error.problems()[0].code(), "unknown");
    /// # Ok::<(), auth_core::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// One [`ConfigError`] that names everything that is wrong.
    fn from_texts(
        texts: impl Into<Texts>,
        environment: &Environment,
    ) -> Result<Configured<Self>, ConfigError> {
        Self::resolve(texts.into(), environment)
    }
}

impl<P: Authenticate + Configure> AuthProvider for P {}
