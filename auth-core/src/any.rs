//! A provider of any type behind one type, for whoever holds several.
//!
//! In: a [`Configured`] provider. Out: one whose user is an [`AnyUser`]. The rule in force, open
//! paths and verifier are those of the provider inside. Next: `jwt::verifier`.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::configured::Configured;
use crate::error::AuthError;
use crate::jwt::{Claims, Verifier};
use crate::provider::{Access, Authenticate, Principal};
use crate::request::Request;
use crate::token::Token;

/// A configured provider whose type is forgotten.
#[derive(Clone)]
pub struct AnyProvider(Arc<dyn Erased>);

/// The user of any provider, seen through [`Principal`].
#[derive(Debug, Clone)]
pub struct AnyUser(Arc<dyn Principal>);

trait Erased: Send + Sync {
    fn name(&self) -> &str;
    fn verifier(&self) -> Option<&Verifier>;
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
}

impl<P: Authenticate> Configured<P> {
    /// Forgets the provider's type.
    pub fn into_any(self) -> Configured<AnyProvider> {
        self.map_provider(|configured| AnyProvider(Arc::new(configured)))
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
}

impl<P: Authenticate> Erased for Configured<P> {
    fn name(&self) -> &str {
        self.name()
    }

    fn verifier(&self) -> Option<&Verifier> {
        self.verifier()
    }

    fn authenticate<'a>(
        &'a self,
        token: &'a Token<'a>,
        request: &'a Request<'a>,
    ) -> BoxFuture<'a, Result<AnyUser, AuthError>> {
        Box::pin(async move {
            let user = self.authenticate(token, request).await?;
            Ok(AnyUser(Arc::new(user)))
        })
    }

    fn authorize<'a>(
        &'a self,
        user: &'a AnyUser,
        request: &'a Request<'a>,
    ) -> BoxFuture<'a, Result<Access, AuthError>> {
        Box::pin(async move {
            match (&*user.0 as &dyn Any).downcast_ref::<P::User>() {
                Some(user) => self.authorize(user, request).await,
                // Whoever another provider vouched for is nobody here.
                None => Ok(Access::Refused),
            }
        })
    }
}

impl Principal for AnyUser {
    fn subject(&self) -> &str {
        self.0.subject()
    }

    fn claims(&self) -> &Claims {
        self.0.claims()
    }
}

impl fmt::Debug for AnyProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AnyProvider").field(&self.0.name()).finish()
    }
}
