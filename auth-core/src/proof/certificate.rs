//! Tokens that are bound to a client certificate (RFC 8705, section 3): the certificate of the
//! connection in, whether it is the token's out.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::HeaderName;

use super::confirmation::Mode;
use super::error::BindingError;
use super::percent;
use super::thumbprint::sha256;
use crate::request::Request;

/// The most bytes a header with a certificate may have.
const MAX_HEADER_BYTES: usize = 16 * 1024;

/// The certificate that a client showed when it connected with TLS.
///
/// Whoever accepts the connection puts it into the extensions of each of its requests, where
/// `Request::from` finds it. That the client has its private key is for TLS to check, and whether to
/// trust who issued it: a token names its own certificate, so that does not matter here.
///
/// ```
/// use auth_core::{Request, proof::ClientCertificate};
///
/// # let der = [0x30, 0x00];
/// let mut request = http::Request::get("/orders").body(()).unwrap();
/// request.extensions_mut().insert(ClientCertificate::from_der(&der));
/// assert!(Request::from(&request).client_certificate().is_some());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ClientCertificate {
    /// As `x5t#S256` is written.
    thumbprint: String,
}

/// How tokens that are bound to a client certificate are checked.
///
/// ```
/// use auth_core::{Environment, Verifier};
/// use auth_core::proof::CertificateBinding;
///
/// let verifier = Verifier::remote("https://issuer.example/keys")
///     .issuer("https://issuer.example/")
///     .audience("https://api.example.com")
///     .certificate_binding(CertificateBinding::required())
///     .build_in(&Environment::process());
/// assert!(verifier.is_ok());
/// ```
#[derive(Debug, Clone)]
#[must_use = "hand it to `VerifierBuilder::certificate_binding`"]
pub struct CertificateBinding {
    pub(super) mode: Mode,
    header: Option<String>,
}

/// The choices, checked.
#[derive(Debug, Clone)]
pub(super) struct CertificateCheck {
    pub(super) mode: Mode,
    header: Option<HeaderName>,
}

impl ClientCertificate {
    /// The client's own certificate, the first of its chain, in DER.
    pub fn from_der(der: &[u8]) -> Self {
        Self { thumbprint: sha256(der) }
    }

    /// A certificate as proxies write it into a header: PEM with percent-escapes, or base64 between
    /// colons (RFC 9440, section 2.1).
    fn from_header(text: &str) -> Option<Self> {
        if let Some(encoded) = text.strip_prefix(':').and_then(|rest| rest.strip_suffix(':')) {
            return STANDARD.decode(encoded).ok().map(|der| Self::from_der(&der));
        }
        let block = pem::parse(percent::decode(text)?).ok()?;
        (block.tag() == "CERTIFICATE").then(|| Self::from_der(block.contents()))
    }
}

impl CertificateBinding {
    /// Every token has to be bound to the certificate of its connection.
    pub const fn required() -> Self {
        Self { mode: Mode::Required, header: None }
    }

    /// A token that is bound to a certificate has to come over its connection; one that is not is a
    /// bearer token.
    pub const fn accepted() -> Self {
        Self { mode: Mode::Accepted, header: None }
    }

    /// Takes the certificate from this header and from nowhere else: for a server behind a proxy
    /// that ends TLS.
    ///
    /// The proxy has to set the header on every request and remove the caller's, and nobody else
    /// may reach the server: whoever can write the header holds every certificate. Understood are
    /// PEM with percent-escapes (nginx `$ssl_client_escaped_cert`, Envoy `%DOWNSTREAM_PEER_CERT%`)
    /// and `Client-Cert` as RFC 9440 has it.
    pub fn danger_client_certificate_header(mut self, name: impl Into<String>) -> Self {
        self.header = Some(name.into());
        self
    }

    pub(super) fn open(&self) -> Result<CertificateCheck, String> {
        let header = self.header.as_deref().map(str::parse).transpose();
        let header = header.map_err(|_| {
            "the header of the client certificate is no name of a header".to_owned()
        })?;
        Ok(CertificateCheck { mode: self.mode, header })
    }
}

impl CertificateCheck {
    /// Whether the token is bound to the certificate of this request.
    pub(super) fn check(
        &self,
        thumbprint: &str,
        request: &Request<'_>,
    ) -> Result<(), BindingError> {
        let certificate = match &self.header {
            None => request.client_certificate().map(Cow::Borrowed),
            Some(name) => read(name, request)?.map(Cow::Owned),
        };
        let certificate = certificate.ok_or(BindingError::CertificateMissing)?;
        if certificate.thumbprint == thumbprint {
            Ok(())
        } else {
            Err(BindingError::CertificateMismatch)
        }
    }
}

/// The certificate of the one header; none when the proxy says that there is none.
fn read(
    name: &HeaderName,
    request: &Request<'_>,
) -> Result<Option<ClientCertificate>, BindingError> {
    let mut values = request.headers().get_all(name).iter();
    let Some(value) = values.next().filter(|value| !value.is_empty()) else { return Ok(None) };
    let text = value.to_str().ok().filter(|text| text.len() <= MAX_HEADER_BYTES);
    let certificate = text.and_then(ClientCertificate::from_header);
    match (certificate, values.next()) {
        (Some(certificate), None) => Ok(Some(certificate)),
        _ => Err(BindingError::CertificateMalformed),
    }
}

/// Not whose it is.
impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCertificate").finish_non_exhaustive()
    }
}
