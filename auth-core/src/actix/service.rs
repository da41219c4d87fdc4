//! One request: decided about, then handed on, or answered.
//!
//! In: a request of actix-web's. Out: the inner service's answer, with the user in the request's
//! extensions, or the refusal of `response`. The inner service never sees a refused request. Next:
//! `view`.

use std::fmt;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpMessage as _, HttpResponse};
use bytes::Bytes;
use futures_util::future::LocalBoxFuture;
use http::{Method, Response};

use super::view::{View, to_actix};
use crate::decision::{Decision, Denial};
use crate::gate::Gate;
use crate::metadata;
use crate::provider::Authenticate;

/// What [`AuthMiddleware`](super::AuthMiddleware) makes of a service.
pub struct GuardedService<S, P: Authenticate> {
    inner: Rc<S>,
    gate: Arc<Gate<P>>,
}

impl<S, P: Authenticate> GuardedService<S, P> {
    pub(super) fn new(inner: S, gate: &Arc<Gate<P>>) -> Self {
        Self { inner: Rc::new(inner), gate: Arc::clone(gate) }
    }
}

impl<S, B, P> Service<ServiceRequest> for GuardedService<S, P>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody,
    P: Authenticate,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self::Response, Error>>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let (inner, gate) = (Rc::clone(&self.inner), Arc::clone(&self.gate));
        Box::pin(async move {
            match admit(&gate, &request).await {
                Ok(()) => Ok(inner.call(request).await?.map_into_left_body()),
                Err(answer) => Ok(request.into_response(answer).map_into_right_body()),
            }
        })
    }
}

/// Puts the user where the handler finds them, or says what the client gets instead.
async fn admit<P: Authenticate>(
    gate: &Gate<P>,
    request: &ServiceRequest,
) -> Result<(), HttpResponse> {
    // Nobody but this middleware says who the user is.
    request.extensions_mut().remove::<P::User>();
    let view = View::of(request).map_err(|error| to_actix(&Denial::from(error).to_response()))?;
    let view = view.request();
    let is_head = *view.method() == Method::HEAD;
    let answer: Response<Bytes> = match gate.document(&view) {
        Some(document) => metadata::to_response(document),
        None => match gate.decide(&view).await {
            Decision::Deny(denial) => denial.to_response(),
            Decision::Allow(allow) => {
                if let Some(user) = allow.into_user() {
                    request.extensions_mut().insert(user);
                }
                return Ok(());
            }
        },
    };
    Err(to_actix(&if is_head { answer.map(|_| Bytes::new()) } else { answer }))
}

impl<S, P: Authenticate> fmt::Debug for GuardedService<S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuardedService").field("gate", &self.gate).finish_non_exhaustive()
    }
}
