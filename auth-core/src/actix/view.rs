//! A request and an answer in the types of either side: actix-web has those of an older `http`.
//!
//! In: a request of actix-web's. Out: the same as the gate reads it, nothing left out: what cannot
//! be carried over whole is refused, for a gate that reads less than the handler could be deceived.

use actix_web::dev::ServiceRequest;
use actix_web::{HttpMessage as _, HttpResponse, HttpResponseBuilder};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, Uri};

use crate::error::AuthError;
use crate::proof::ClientCertificate;
use crate::request::Request;

/// A request as the gate reads it.
pub(super) struct View {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    certificate: Option<ClientCertificate>,
}

impl View {
    /// The same request.
    ///
    /// # Errors
    ///
    /// [`AuthError::TargetAmbiguous`] for one that the two sides do not read alike.
    pub(super) fn of(request: &ServiceRequest) -> Result<Self, AuthError> {
        Self::read(request).ok_or(AuthError::TargetAmbiguous("it is not read alike by everybody"))
    }

    fn read(request: &ServiceRequest) -> Option<Self> {
        let mut headers = HeaderMap::with_capacity(request.headers().len());
        for (name, value) in request.headers() {
            let name = HeaderName::from_bytes(name.as_str().as_bytes()).ok()?;
            headers.append(name, HeaderValue::from_bytes(value.as_bytes()).ok()?);
        }
        let uri: Uri = request.uri().to_string().parse().ok()?;
        let is_whole = uri.path() == request.uri().path() && uri.query() == request.uri().query();
        is_whole.then_some(Self {
            method: Method::from_bytes(request.method().as_str().as_bytes()).ok()?,
            uri,
            headers,
            certificate: certificate(request),
        })
    }

    /// It, borrowed.
    pub(super) const fn request(&self) -> Request<'_> {
        let request = Request::new(&self.method, &self.uri, &self.headers);
        match &self.certificate {
            Some(certificate) => request.with_client_certificate(certificate),
            None => request,
        }
    }
}

/// The certificate that whoever accepted the connection put there (`HttpServer::on_connect`), or a
/// middleware in front of this one.
fn certificate(request: &ServiceRequest) -> Option<ClientCertificate> {
    let of_request = request.extensions().get().cloned();
    of_request.or_else(|| request.conn_data().cloned())
}

/// The same answer.
pub(super) fn to_actix(answer: &Response<Bytes>) -> HttpResponse {
    let status = answer.status().as_u16().try_into();
    let status = status.expect("both sides know the same statuses");
    let mut same = HttpResponseBuilder::new(status);
    for (name, value) in answer.headers() {
        same.append_header((name.as_str(), value.as_bytes()));
    }
    same.body(answer.body().clone())
}
