//! The middleware as an application sets it up. Next: `service`.

use std::fmt;
use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};

use super::service::GuardedService;
use crate::configured::Configured;
use crate::gate::Gate;
use crate::provider::Authenticate;

/// Guards an application of actix-web, or a scope of one, with a provider.
///
/// It is made once and cloned for each worker, so that all of them share one key cache. Paths are
/// whole paths, whatever it is wrapped around. A middleware that changes them, such as
/// `NormalizePath`, has to stand further out, so that the gate decides about the path that is routed:
/// in actix-web that is the one that is wrapped later.
///
/// The handler finds the user with [`User`](super::User), or in the request's extensions under the
/// provider's user type.
///
/// ```
/// use actix_web::{App, web};
/// use auth_core::actix::{AuthMiddleware, User};
/// use auth_core::{Authenticate, Configured, Principal};
///
/// fn app<P: Authenticate>(provider: Configured<P>) {
///     let guard = AuthMiddleware::new(provider);
///     let orders = async |User(user): User<P::User>| format!("orders of {}", user.subject());
///     let _ = App::new().route("/orders", web::get().to(orders)).wrap(guard);
/// }
/// # let _ = app::<auth_core::any::AnyProvider>;
/// ```
pub struct AuthMiddleware<P: Authenticate>(Arc<Gate<P>>);

impl<P: Authenticate> AuthMiddleware<P> {
    /// Guards with this provider: every path that its builder does not open needs a user.
    pub fn new(provider: Configured<P>) -> Self {
        Self::of(Gate::new(provider))
    }

    /// Guards with this gate: its rules, its groups of routes.
    pub fn of(gate: Gate<P>) -> Self {
        Self(Arc::new(gate))
    }

    /// The gate.
    pub fn gate(&self) -> &Gate<P> {
        &self.0
    }

    /// The provider it asks: [`Configured::ready`] is for when a server starts,
    /// [`Configured::status`] for its health endpoint.
    pub fn provider(&self) -> &Configured<P> {
        self.0.provider()
    }
}

impl<S, B, P> Transform<S, ServiceRequest> for AuthMiddleware<P>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody,
    P: Authenticate,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = GuardedService<S, P>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(GuardedService::new(inner, &self.0)))
    }
}

impl<P: Authenticate> Clone for AuthMiddleware<P> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<P: Authenticate> fmt::Debug for AuthMiddleware<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthMiddleware").field("gate", &self.0).finish()
    }
}
