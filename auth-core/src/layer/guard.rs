//! The layer as an application sets it up. Next: `service`.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderName, Response};
use tower_layer::Layer;

use super::identity::Identity;
use super::service::AuthService;
use crate::configured::Configured;
use crate::decision::Denial;
use crate::gate::Gate;
use crate::provider::Authenticate;
use crate::request::Request;

/// Guards a service with a provider.
///
/// Paths are those that the layer sees: inside axum's `nest` they lack the prefix, so guard the
/// outermost router. The inner service is ready, and stays so, while a request is decided.
///
/// The handler finds the user in the request's extensions under the provider's user type, for
/// [`Claims`](crate::Claims) with axum's `Extension<Claims>`, or with the extractors of
/// `auth_core::extract` (feature `axum`).
pub struct AuthLayer<P: Authenticate>(Arc<Setup<P>>);

/// What all clones of a layer share.
pub(super) struct Setup<P: Authenticate> {
    pub(super) gate: Gate<P>,
    pub(super) identity: Identity<P::User>,
    render: Option<Render>,
}

type Render = Arc<dyn Fn(&Denial, &Request<'_>) -> Response<Bytes> + Send + Sync>;

impl<P: Authenticate> AuthLayer<P> {
    /// Guards with this provider: every path that its builder does not open needs a user.
    pub fn new(provider: Configured<P>) -> Self {
        Self::of(Gate::new(provider))
    }

    /// Guards with this gate: its rules, its groups of routes.
    pub fn of(gate: Gate<P>) -> Self {
        Self(Arc::new(Setup { gate, identity: Identity::none(), render: None }))
    }

    /// Tells the inner service something about the user in a header. Whatever a client sent in that
    /// header is removed, on public paths too.
    ///
    /// ```
    /// # use auth_core::layer::AuthLayer;
    /// # use auth_core::{Authenticate, Configured, Principal as _};
    /// use http::HeaderName;
    ///
    /// fn guard<P: Authenticate>(provider: Configured<P>) -> AuthLayer<P> {
    ///     let name = HeaderName::from_static("x-user-id");
    ///     AuthLayer::new(provider)
    ///         .identity_header(name, |user: &P::User| Some(user.subject().to_owned()))
    /// }
    /// # let _ = guard::<auth_core::any::AnyProvider>;
    /// ```
    pub fn identity_header(
        self,
        name: HeaderName,
        value: impl Fn(&P::User) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.change(|setup| setup.identity.add(name, Some(Arc::new(value))))
    }

    /// Removes a header that the inner service, or something behind it, would believe.
    pub fn strip_header(self, name: HeaderName) -> Self {
        self.change(|setup| setup.identity.add(name, None))
    }

    /// Writes refusals in another way. What is written decides nothing: an answer with a 2xx or 3xx
    /// status is replaced by the gate's own.
    pub fn render(
        self,
        render: impl Fn(&Denial, &Request<'_>) -> Response<Bytes> + Send + Sync + 'static,
    ) -> Self {
        self.change(|setup| setup.render = Some(Arc::new(render)))
    }

    /// The gate.
    pub fn gate(&self) -> &Gate<P> {
        &self.0.gate
    }

    /// The provider it asks: [`Configured::ready`] is for when a server starts,
    /// [`Configured::status`] for its health endpoint.
    pub fn provider(&self) -> &Configured<P> {
        self.0.gate.provider()
    }

    /// Changes what nobody else has seen yet: a layer is set up before it is cloned.
    fn change(mut self, change: impl FnOnce(&mut Setup<P>)) -> Self {
        let setup = Arc::get_mut(&mut self.0).expect("a layer is set up before it is cloned");
        change(setup);
        self
    }
}

impl<P: Authenticate> Setup<P> {
    /// The answer to a refused request.
    pub(super) fn refusal(&self, denial: &Denial, request: &Request<'_>) -> Response<Bytes> {
        let rendered = self.render.as_ref().map(|render| render(denial, request));
        let is_refusal = |answer: &Response<Bytes>| {
            answer.status().is_client_error() || answer.status().is_server_error()
        };
        rendered.filter(is_refusal).unwrap_or_else(|| denial.to_response())
    }
}

impl<S, P: Authenticate> Layer<S> for AuthLayer<P> {
    type Service = AuthService<S, P>;

    fn layer(&self, inner: S) -> Self::Service {
        AuthService::new(inner, &self.0)
    }
}

impl<P: Authenticate> Clone for AuthLayer<P> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<P: Authenticate> fmt::Debug for AuthLayer<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthLayer").field("gate", &self.0.gate).finish_non_exhaustive()
    }
}

impl<P: Authenticate> fmt::Debug for Setup<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup")
            .field("gate", &self.gate)
            .field("identity", &self.identity)
            .field("render", &self.render.is_some())
            .finish()
    }
}
