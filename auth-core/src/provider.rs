//! Steps 4 and 8: what a provider does. A token in, a user out; a user in, yes or no out.
//!
//! Most providers derive both steps: their `authenticate` is one line that leads to
//! `jwt::verifier`. Next: there.

use std::any::Any;
use std::fmt::Debug;
use std::future::{Future, ready};

use crate::error::AuthError;
use crate::jwt::{Claims, Verifier};
use crate::request::Request;
use crate::token::{Scheme, Token, TokenSource};

/// Who is calling: a subject and the claims that were verified.
///
/// The common face of every vendor's user, so that composite providers, resource ids, snapshots
/// and rules work for all of them alike.
pub trait Principal: Any + Debug + Send + Sync {
    /// The stable id of the caller at its issuer (`sub`); empty when there is none.
    fn subject(&self) -> &str;

    /// The verified claims.
    fn claims(&self) -> &Claims;

    /// Whether this very scope was granted to the client that calls for them.
    fn has_scope(&self, scope: &str) -> bool {
        self.claims().has_scope(scope)
    }

    /// Whether they have this very role.
    fn has_role(&self, role: &str) -> bool {
        self.claims().has_role(role)
    }

    /// Whether they have this very permission.
    fn has_permission(&self, permission: &str) -> bool {
        self.claims().has_permission(permission)
    }

    /// The organization, or the tenant, in which they act; `None` when there is none.
    fn organization(&self) -> Option<&str> {
        self.claims().organization()
    }
}

/// The answer of an authorization rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The user may do this.
    Granted,
    /// The user may not: 403.
    Refused,
}

impl From<bool> for Access {
    fn from(granted: bool) -> Self {
        if granted { Self::Granted } else { Self::Refused }
    }
}

/// Finds out who is calling, and whether they may.
///
/// `#[auth(verify = ..)]` writes this impl; a provider with ideas of its own writes it by hand:
///
/// ```
/// use auth_core::{Access, AuthError, Authenticate, Claims, Request, Token, Verifier};
///
/// struct Staff {
///     verifier: Verifier,
/// }
///
/// impl Authenticate for Staff {
///     type User = Claims;
///
///     async fn authenticate(
///         &self,
///         token: &Token<'_>,
///         request: &Request<'_>,
///     ) -> Result<Claims, AuthError> {
///         self.verifier.verify_request(token, request).await
///     }
///
///     async fn authorize(&self, user: &Claims, _: &Request<'_>) -> Result<Access, AuthError> {
///         Ok(user.claim("department").is_some().into())
///     }
/// }
/// # assert_eq!(Access::from(false), Access::Refused);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how it authenticates",
    label = "needs `impl Authenticate for {Self}`",
    note = "let a field do it: `#[auth(verify = Verifier::remote(..))] verifier: Verifier`",
    note = "or write `impl Authenticate for {Self}` by hand"
)]
pub trait Authenticate: Send + Sync + 'static {
    /// What is known of a caller.
    type User: Principal + Clone;

    /// Turns a token into a user.
    ///
    /// # Errors
    ///
    /// Why the token is refused, or why nobody could find out.
    fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> impl Future<Output = Result<Self::User, AuthError>> + Send;

    /// The provider's own rule about its users; by default every user may.
    ///
    /// # Errors
    ///
    /// Why nobody could find out; never an allow.
    fn authorize(
        &self,
        user: &Self::User,
        request: &Request<'_>,
    ) -> impl Future<Output = Result<Access, AuthError>> + Send {
        let _ = (user, request);
        ready(Ok(Access::Granted))
    }

    /// The verifier in use, which tells a harness what to expect.
    fn verifier(&self) -> Option<&Verifier> {
        None
    }

    /// The schemes that tokens may come with, the one to prefer first: those of the verifier, or
    /// `Bearer` alone. A provider without one that checks proofs all the same says so here.
    fn schemes(&self) -> &'static [Scheme] {
        self.verifier().map_or(&[Scheme::Bearer], Verifier::schemes)
    }

    /// Waits until it can answer: until the verifier has keys. A provider that has none is ready at
    /// once, unless it says otherwise: one that asks about opaque tokens passes
    /// [`Introspection::ready`](crate::introspection::Introspection::ready) on.
    fn ready(&self) -> impl Future<Output = Result<(), AuthError>> + Send {
        async move {
            match self.verifier() {
                Some(verifier) => verifier.ready().await,
                None => Ok(()),
            }
        }
    }

    /// Where tokens come from: where the verifier says, or the `Authorization` header alone.
    fn token_sources(&self) -> &[TokenSource] {
        self.verifier().map_or(&[TokenSource::Authorization], Verifier::token_sources)
    }
}
