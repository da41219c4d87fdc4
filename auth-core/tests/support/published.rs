//! Documents that an issuer publishes, without an issuer: requests are answered with them.
//!
//! Shared by the test binaries that take it in by its path.

use std::sync::Arc;

use auth_core::Environment;
use auth_core::http::{HttpClient, HttpError, HttpRequest, HttpResponse};
use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use http::{HeaderMap, StatusCode};

/// Where keys are said to be.
pub(crate) const KEYS_URL: &str = "https://issuer.example/keys";

/// How an address ends, and what is there.
#[derive(Debug)]
struct Published(Vec<(&'static str, Bytes)>);

impl HttpClient for Published {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        let path = request.url.path();
        let found = self.0.iter().find(|(end, _)| path.ends_with(end));
        let answer = found.map(|(_, body)| HttpResponse {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: body.clone(),
        });
        ready(answer.ok_or(HttpError::Connect)).boxed()
    }
}

/// The same environment, in which these documents are all there is on the network.
pub(crate) fn publish<const N: usize>(
    environment: Environment,
    documents: [(&'static str, Vec<u8>); N],
) -> Environment {
    let documents = documents.map(|(end, body)| (end, Bytes::from(body)));
    environment.with_http(Arc::new(Published(documents.into())))
}
