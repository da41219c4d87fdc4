//! The gate as a tower layer, for axum, tonic, hyper and every other tower service.
//!
//! In: an HTTP request. Out: the inner service's answer, with the user in the request's
//! extensions, or the refusal of `response`. The inner service never sees a refused request.

use std::fmt;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tower_layer::Layer;
use tower_service::Service;

use crate::configured::Configured;
use crate::decision::Decision;
use crate::gate::Gate;
use crate::provider::Authenticate;
use crate::request::Request;

/// Guards a service with a provider.
///
/// Paths are those that the layer sees: inside axum's `nest` they lack the prefix, so guard the
/// outermost router. The inner service is ready, and stays so, while a request is decided.
///
/// The handler finds the user in the request's extensions under the provider's user type, for
/// [`Claims`](crate::Claims) with axum's `Extension<Claims>`.
pub struct AuthLayer<P: Authenticate> {
    gate: Arc<Gate<P>>,
}

/// What [`AuthLayer`] makes of a service.
pub struct AuthService<S, P: Authenticate> {
    inner: S,
    gate: Arc<Gate<P>>,
}

impl<P: Authenticate> AuthLayer<P> {
    /// Guards with this provider.
    pub fn new(provider: Configured<P>) -> Self {
        Self { gate: Arc::new(Gate::new(provider)) }
    }

    /// The provider it asks: [`Configured::ready`] is for when a server starts,
    /// [`Configured::status`] for its health endpoint.
    pub fn provider(&self) -> &Configured<P> {
        self.gate.provider()
    }
}

impl<P: Authenticate> Clone for AuthLayer<P> {
    fn clone(&self) -> Self {
        Self { gate: Arc::clone(&self.gate) }
    }
}

impl<S: Clone, P: Authenticate> Clone for AuthService<S, P> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), gate: Arc::clone(&self.gate) }
    }
}

impl<S, P: Authenticate> Layer<S> for AuthLayer<P> {
    type Service = AuthService<S, P>;

    fn layer(&self, inner: S) -> Self::Service {
        AuthService { inner, gate: Arc::clone(&self.gate) }
    }
}

impl<S, P, I, O> Service<http::Request<I>> for AuthService<S, P>
where
    S: Service<http::Request<I>, Response = http::Response<O>> + Clone + Send + 'static,
    S::Future: Send,
    P: Authenticate,
    I: Send + 'static,
    O: From<&'static str> + Send + 'static,
{
    type Response = http::Response<O>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: http::Request<I>) -> Self::Future {
        // The service that was polled ready is the one to call; its clone waits for the next.
        let clone = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, clone);
        let gate = Arc::clone(&self.gate);
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            // Nobody but this layer says who the user is.
            parts.extensions.remove::<P::User>();
            match gate.decide(&Request::from(&parts)).await {
                Decision::Allow(allow) => {
                    if let Some(user) = allow.into_user() {
                        parts.extensions.insert(user);
                    }
                    inner.call(http::Request::from_parts(parts, body)).await
                }
                Decision::Deny(denial) => Ok(denial.to_response()),
            }
        })
    }
}

impl<P: Authenticate> fmt::Debug for AuthLayer<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthLayer").field("gate", &self.gate).finish()
    }
}

impl<S: fmt::Debug, P: Authenticate> fmt::Debug for AuthService<S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthService").field("inner", &self.inner).finish_non_exhaustive()
    }
}
