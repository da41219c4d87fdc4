//! A provider of any type behind one type, for whoever holds several.
//!
//! In: a [`Configured`] provider. Out: one whose user is an [`AnyUser`]. The rule in force, open
//! paths, resource ids and verifier are those of the provider inside. Next: `jwt::verifier`.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::configured::Configured;
use crate::error::AuthError;
use crate::jwt::{Claims, Verifier};
use crate::provider::{Access, Authenticate, Principal};
use crate::request::Request;
use crate::token::{Scheme, Token, TokenSource};

/// A configured provider whose type is forgotten.
#[derive(Clone)]
pub struct AnyProvider(Arc<dyn Erased>);

/// The user of any provider, seen through [`Principal`].
#[derive(Debug, Clone)]
pub struct AnyUser {
    user: Arc<dyn Principal>,
    /// Which provider vouched for them.
    owner: Owner,
}

/// The address of a provider, which nobody else has while it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Owner(usize);

trait Erased: Send + Sync {
    fn name(&self) -> &str;
    fn verifier(&self) -> Option<&Verifier>;
    fn schemes(&self) -> &'static [Scheme];
    fn token_sources(&self) -> &[TokenSource];
    fn ready(&self) -> BoxFuture<'_, Result<(), AuthError>>;
    fn authenticate<'a>(
        &'a self,
        token: &'a Token<'a>,
        request: &'a Request<'a>,
    ) -> BoxFuture<'a, Result<AnyUser, AuthError>>;
    fn authorize<'a>(
        &'a self,
        user: &'a AnyUser,
        request: &'a Request<'a>,
    ) -> BoxFuture<'a, Result<Access, AuthError>>;
    fn resource_id(&self, user: &AnyUser) -> Result<String, AuthError>;
}

impl AnyUser {
    /// The user by its own type, if this is one.
    pub fn downcast_ref<U: Principal>(&self) -> Option<&U> {
        (&*self.user as &dyn Any).downcast_ref()
    }

    /// The user of this very provider; whoever another one vouched for is nobody here.
    fn of<P: Authenticate>(&self, provider: &Configured<P>) -> Option<&P::User> {
        self.downcast_ref().filter(|_| self.owner == Owner::of(provider))
    }
}

impl Owner {
    fn of<P>(provider: &Configured<P>) -> Self {
        Self(std::ptr::from_ref(provider).addr())
    }
}

impl<P: Authenticate> Configured<P> {
    /// Forgets the provider's type.
    pub fn into_any(self) -> Configured<AnyProvider> {
        self.map_provider(|configured| {
            let erased: Arc<dyn Erased> = Arc::new(configured);
            let inner = Arc::clone(&erased);
            (AnyProvider(erased), move |user: &AnyUser| inner.resource_id(user).ok())
        })
    }
}

impl Authenticate for AnyProvider {
    type User = AnyUser;

    async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<AnyUser, AuthError> {
        self.0.authenticate(token, request).await
    }

    async fn authorize(&self, user: &AnyUser, request: &Request<'_>) -> Result<Access, AuthError> {
        self.0.authorize(user, request).await
    }

    fn verifier(&self) -> Option<&Verifier> {
        self.0.verifier()
    }

    fn schemes(&self) -> &'static [Scheme] {
        self.0.schemes()
    }

    fn token_sources(&self) -> &[TokenSource] {
        self.0.token_sources()
    }

    async fn ready(&self) -> Result<(), AuthError> {
        self.0.ready().await
    }
}

impl<P: Authenticate> Erased for Configured<P> {
    fn name(&self) -> &str {
        self.name()
    }

    fn verifier(&self) -> Option<&Verifier> {
        self.verifier()
    }

    fn schemes(&self) -> &'static [Scheme] {
        self.schemes()
    }

    fn token_sources(&self) -> &[TokenSource] {
        self.token_sources()
    }

    fn ready(&self) -> BoxFuture<'_, Result<(), AuthError>> {
        Box::pin(self.ready())
    }

    fn authenticate<'a>(
        &'a self,
        token: &'a Token<'a>,
        request: &'a Request<'a>,
    ) -> BoxFuture<'a, Result<AnyUser, AuthError>> {
        Box::pin(async move {
            let user = self.authenticate(token, request).await?;
            Ok(AnyUser { user: Arc::new(user), owner: Owner::of(self) })
        })
    }

    fn authorize<'a>(
        &'a self,
        user: &'a AnyUser,
        request: &'a Request<'a>,
    ) -> BoxFuture<'a, Result<Access, AuthError>> {
        Box::pin(async move {
            match user.of(self) {
                Some(user) => self.authorize(user, request).await,
                None => Ok(Access::Refused),
            }
        })
    }

    fn resource_id(&self, user: &AnyUser) -> Result<String, AuthError> {
        user.of(self).ok_or(AuthError::ResourceIdMissing).and_then(|user| self.resource_id(user))
    }
}

impl Principal for AnyUser {
    fn subject(&self) -> &str {
        self.user.subject()
    }

    fn claims(&self) -> &Claims {
        self.user.claims()
    }

    fn has_scope(&self, scope: &str) -> bool {
        self.user.has_scope(scope)
    }

    fn has_role(&self, role: &str) -> bool {
        self.user.has_role(role)
    }

    fn has_permission(&self, permission: &str) -> bool {
        self.user.has_permission(permission)
    }

    fn organization(&self) -> Option<&str> {
        self.user.organization()
    }
}

impl fmt::Debug for AnyProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AnyProvider").field(&self.0.name()).finish()
    }
}
