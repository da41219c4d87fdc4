//! Step 1: a borrowed view of a request: method, path, query, headers, and the client's certificate.
//! Next: `access`.

use std::fmt;

use http::header::HOST;
use http::{Extensions, HeaderMap, HeaderValue, Method, Uri};

use crate::proof::ClientCertificate;

/// What a provider and an authorization rule may look at.
///
/// ```
/// let request = http::Request::get("/orders/7?full=1").header("x-tenant", "acme").body(()).unwrap();
/// let view = auth_core::Request::from(&request);
/// assert_eq!((view.path(), view.query()), ("/orders/7", Some("full=1")));
/// assert_eq!(view.header("x-tenant"), Some("acme"));
/// ```
#[derive(Clone, Copy)]
pub struct Request<'a> {
    method: &'a Method,
    uri: &'a Uri,
    headers: &'a HeaderMap,
    client_certificate: Option<&'a ClientCertificate>,
}

impl<'a> Request<'a> {
    /// A view of these parts.
    pub const fn new(method: &'a Method, uri: &'a Uri, headers: &'a HeaderMap) -> Self {
        Self { method, uri, headers, client_certificate: None }
    }

    /// The same request over a connection on which the client showed this certificate.
    pub const fn with_client_certificate(mut self, certificate: &'a ClientCertificate) -> Self {
        self.client_certificate = Some(certificate);
        self
    }

    /// The same with the certificate that whoever accepted the connection put there, if any.
    fn with_extensions(mut self, extensions: &'a Extensions) -> Self {
        self.client_certificate = extensions.get();
        self
    }

    /// The method.
    pub const fn method(&self) -> &'a Method {
        self.method
    }

    /// The path as it was sent, percent-encoding and all.
    pub fn path(&self) -> &'a str {
        self.uri.path()
    }

    /// The query as it was sent, without the question mark.
    pub fn query(&self) -> Option<&'a str> {
        self.uri.query()
    }

    /// The certificate that the client showed when it connected, if it did.
    pub const fn client_certificate(&self) -> Option<&'a ClientCertificate> {
        self.client_certificate
    }

    /// The host that the caller says it asks, with its port: theirs to choose.
    pub(crate) fn authority(&self) -> Option<&'a str> {
        self.uri
            .authority()
            .map(http::uri::Authority::as_str)
            .or_else(|| self.header(HOST.as_str()))
    }

    /// All headers.
    pub const fn headers(&self) -> &'a HeaderMap {
        self.headers
    }

    /// The one value of a header; `None` when it is absent, repeated, or not visible ASCII.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        let mut values = self.headers.get_all(name).iter();
        let value: &HeaderValue = values.next()?;
        values.next().is_none().then(|| value.to_str().ok()).flatten()
    }
}

/// Method, path, and the names of headers: their values hold tokens, and so may the query.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.keys().map(http::HeaderName::as_str).collect();
        f.debug_struct("Request")
            .field("method", self.method)
            .field("path", &self.path())
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}

impl<'a, B> From<&'a http::Request<B>> for Request<'a> {
    fn from(request: &'a http::Request<B>) -> Self {
        Self::new(request.method(), request.uri(), request.headers())
            .with_extensions(request.extensions())
    }
}

impl<'a> From<&'a http::request::Parts> for Request<'a> {
    fn from(parts: &'a http::request::Parts) -> Self {
        Self::new(&parts.method, &parts.uri, &parts.headers).with_extensions(&parts.extensions)
    }
}
