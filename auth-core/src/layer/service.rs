//! One request: decided about, then handed on, or answered.
//!
//! In: an HTTP request. Out: the inner service's answer, with the user in the request's extensions,
//! or the refusal of `response`. The inner service never sees a refused request. Next: `identity`.

use std::fmt;
use std::mem;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Method, Response};
use tower_service::Service;

use super::body::GuardedBody;
use super::future::{AuthFuture, Shelf};
use super::guard::Setup;
use crate::decision::Decision;
use crate::provider::Authenticate;
use crate::request::Request;

/// What [`AuthLayer`](super::AuthLayer) makes of a service.
pub struct AuthService<S, P: Authenticate> {
    inner: S,
    setup: Arc<Setup<P>>,
    shelf: Shelf,
}

impl<S, P: Authenticate> AuthService<S, P> {
    pub(super) fn new(inner: S, setup: &Arc<Setup<P>>) -> Self {
        Self { inner, setup: Arc::clone(setup), shelf: Shelf::default() }
    }
}

impl<S: Clone, P: Authenticate> Clone for AuthService<S, P> {
    fn clone(&self) -> Self {
        let setup = Arc::clone(&self.setup);
        Self { inner: self.inner.clone(), setup, shelf: self.shelf.clone() }
    }
}

impl<S, P, I, O> Service<http::Request<I>> for AuthService<S, P>
where
    S: Service<http::Request<I>, Response = Response<O>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Send + 'static,
    P: Authenticate,
    I: Send + 'static,
    O: Send + 'static,
{
    type Response = Response<GuardedBody<O>>;
    type Error = S::Error;
    type Future = AuthFuture<Result<Self::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: http::Request<I>) -> Self::Future {
        // The service that was polled ready is the one to call; its clone waits for the next.
        let clone = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, clone);
        let setup = Arc::clone(&self.setup);
        AuthFuture::new(&self.shelf, async move {
            match admit(&setup, request).await {
                Ok(request) => Ok(inner.call(request).await?.map(GuardedBody::inner)),
                Err(answer) => Ok(answer.map(GuardedBody::gate)),
            }
        })
    }
}

/// The request as the inner service may see it, or the answer that it gets instead.
async fn admit<P: Authenticate, I>(
    setup: &Setup<P>,
    request: http::Request<I>,
) -> Result<http::Request<I>, Response<Bytes>> {
    let (mut parts, body) = request.into_parts();
    // Nobody but this layer says who the user is.
    setup.identity.forget(&mut parts);
    let view = Request::from(&parts);
    let answer = match setup.gate.document(&view) {
        Some(document) => document_answer(document),
        None => match setup.gate.decide(&view).await {
            Decision::Deny(denial) => setup.refusal(&denial, &view),
            Decision::Allow(allow) => {
                if let Some(user) = allow.into_user() {
                    setup.identity.tell(&mut parts, user);
                }
                return Ok(http::Request::from_parts(parts, body));
            }
        },
    };
    Err(if parts.method == Method::HEAD { answer.map(|_| Bytes::new()) } else { answer })
}

/// The description of this resource: the same for everybody.
fn document_answer(document: &str) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::copy_from_slice(document.as_bytes()));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    answer
}

impl<S: fmt::Debug, P: Authenticate> fmt::Debug for AuthService<S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthService").field("inner", &self.inner).finish_non_exhaustive()
    }
}
