//! A provider as an application set it up: its name, its open paths, and the application's own
//! authorization, which replaces the provider's.
//!
//! In: a provider and [`Options`] from its builder. Out: what a [`Gate`](crate::Gate) asks. The
//! line that decides whose rule is in force is `authorize`. Next: `jwt::verifier`, where most
//! providers' `authenticate` leads.

use std::borrow::Cow;
use std::fmt::{self, Debug, Display};

use crate::access::AccessRules;
use crate::config::Origin;
use crate::error::AuthError;
use crate::jwks::KeyStatus;
use crate::jwt::Verifier;
use crate::options::{IntoAccess, Options};
use crate::provider::{Access, Authenticate, Principal};
use crate::request::Request;
use crate::token::{Scheme, Token, TokenSource};

/// A provider, ready for a [`Gate`](crate::Gate).
///
/// It does not ask for `P: Authenticate`, nor does [`Options`]: derived code names both for a
/// struct that may lack the impl, and such a struct is told so once, not at every mention.
pub struct Configured<P> {
    provider: P,
    options: Options<P>,
    origins: Vec<Origin>,
}

impl<P> Configured<P> {
    /// A provider with nothing changed: every path needs a user, its own rule decides.
    pub fn new(provider: P, name: &'static str) -> Self {
        Self::with_options(provider, name, Options::new(), Vec::new())
    }

    pub(crate) fn with_options(
        provider: P,
        name: &'static str,
        mut options: Options<P>,
        origins: Vec<Origin>,
    ) -> Self {
        options.name.get_or_insert(Cow::Borrowed(name));
        Self { provider, options, origins }
    }

    /// The provider itself.
    pub const fn provider(&self) -> &P {
        &self.provider
    }

    /// The name in logs.
    pub fn name(&self) -> &str {
        self.options.name.as_deref().unwrap_or_default()
    }

    /// Which paths are open.
    pub const fn access(&self) -> &AccessRules {
        &self.options.access
    }

    /// Where each option came from, in the order of the struct; none for a provider that was not
    /// built from a configuration.
    pub fn sources(&self) -> &[Origin] {
        &self.origins
    }

    /// One line that says where each option came from. A successful build logs it, at level info
    /// with the target `auth_core::config`.
    ///
    /// No secret is in it, nothing that the builder was given, and no URL's user and password; other
    /// texts are escaped and cut at 80 characters.
    ///
    /// ```text
    /// auth0 is configured: domain = "acme.eu.auth0.com" (AUTH0_DOMAIN), audience (builder)
    /// ```
    pub fn summary(&self) -> impl Display {
        fmt::from_fn(|f| {
            write!(f, "{} is configured", self.name())?;
            for (index, origin) in self.origins.iter().enumerate() {
                write!(f, "{} {origin}", if index == 0 { ":" } else { "," })?;
            }
            Ok(())
        })
    }
}

impl<P: Authenticate> Configured<P> {
    /// The same provider with another rule, as the builder's `authorize_user`.
    pub fn authorize_user<F, R>(mut self, rule: F) -> Self
    where
        F: Fn(&P::User, &Request<'_>) -> R + Send + Sync + 'static,
        R: IntoAccess,
    {
        self.options.authorize_user(rule);
        self
    }

    /// Wraps this provider in another that stands for it: same name, same open paths, same
    /// origins, and the resource ids that `wrap` says.
    pub(crate) fn map_provider<Q, M>(self, wrap: impl FnOnce(Self) -> (Q, M)) -> Configured<Q>
    where
        Q: Authenticate,
        M: Fn(&Q::User) -> Option<String> + Send + Sync + 'static,
    {
        let mut options = Options::new();
        options.name.clone_from(&self.options.name);
        options.access.clone_from(&self.options.access);
        let origins = self.origins.clone();
        let (provider, resource_id) = wrap(self);
        options.map_user_to_resource_id(resource_id);
        Configured { provider, options, origins }
    }

    /// The verifier in use, if the provider has one.
    pub fn verifier(&self) -> Option<&Verifier> {
        self.provider.verifier()
    }

    /// The schemes of `Authorization` that its verifier accepts; without one, `Bearer`.
    pub fn schemes(&self) -> &'static [Scheme] {
        self.provider.schemes()
    }

    /// Where tokens come from: the `Authorization` header, unless the provider says otherwise.
    pub fn token_sources(&self) -> &[TokenSource] {
        self.provider.token_sources()
    }

    /// Waits until the provider can answer: until its verifier has keys ([`Verifier::ready`]), or its
    /// issuer has answered a question about a token that is none
    /// ([`Introspection::ready`](crate::introspection::Introspection::ready)). A provider that has
    /// neither is ready at once: see [`Authenticate::ready`].
    ///
    /// # Errors
    ///
    /// Why it cannot.
    pub async fn ready(&self) -> Result<(), AuthError> {
        self.provider.ready().await
    }

    /// How the keys of the verifier in use are doing; `None` for a provider without one.
    pub fn status(&self) -> Option<KeyStatus> {
        self.verifier().map(Verifier::status)
    }

    /// Turns a token into a user.
    pub async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<P::User, AuthError> {
        self.provider.authenticate(token, request).await
    }

    /// The application's rule if it gave one, else the provider's.
    pub async fn authorize(
        &self,
        user: &P::User,
        request: &Request<'_>,
    ) -> Result<Access, AuthError> {
        match &self.options.authorize {
            Some(rule) => rule.decide(user, request).await,
            None => self.provider.authorize(user, request).await,
        }
    }

    /// The id that the application stores this user's data under: the subject, unless mapped.
    ///
    /// # Errors
    ///
    /// [`AuthError::ResourceIdMissing`] when the mapping gives none, or a blank one.
    pub fn resource_id(&self, user: &P::User) -> Result<String, AuthError> {
        let id = match &self.options.resource_id {
            Some(map) => map.id(user),
            None => Some(user.subject().to_owned()),
        };
        id.filter(|id| !id.trim().is_empty()).ok_or(AuthError::ResourceIdMissing)
    }
}

impl<P> Debug for Configured<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Configured").field("options", &self.options).finish_non_exhaustive()
    }
}
