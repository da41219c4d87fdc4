//! Outbound HTTP: a request in, a bounded answer out. The only file that touches the network.
//!
//! Providers and key sets see the trait [`HttpClient`]; [`ReqwestClient`] is the one that ships.
//! Next: `jwks::fetch`, its first user.

use std::fmt::{self, Debug};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use thiserror::Error;
use url::Url;

/// Sends requests. Implemented by [`ReqwestClient`], and by whoever brings a client of their own.
///
/// An implementation follows no redirect to another host and none to plain HTTP, and sends
/// neither cookies nor credentials of its own accord.
pub trait HttpClient: Debug + Send + Sync + 'static {
    /// Sends one request and reads the whole answer, within the request's limits.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>>;
}

/// One request and the limits of its answer. `Debug` shows neither header values, nor the query, nor
/// the body.
#[derive(Clone)]
#[non_exhaustive]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// Where to.
    pub url: Url,
    /// Header fields.
    pub headers: HeaderMap,
    /// The body; empty for a GET request.
    pub body: Bytes,
    /// The most time for everything, from connecting to the last byte.
    pub timeout: Duration,
    /// The most bytes of body that are read; a longer answer is an error.
    pub max_body: usize,
}

/// A whole answer. `Debug` shows neither header values nor the body.
#[derive(Clone)]
pub struct HttpResponse {
    /// The status.
    pub status: StatusCode,
    /// Header fields.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// Why there is no answer. The texts name no URL: it may hold a secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HttpError {
    /// No connection: refused, unresolved, or TLS failed.
    #[error("no connection could be made")]
    Connect,
    /// The time limit passed.
    #[error("there was no answer in time")]
    Timeout,
    /// The answer broke off, or was no HTTP.
    #[error("the answer broke off")]
    Broken,
    /// The answer redirects where we do not follow.
    #[error("the answer redirects elsewhere")]
    Redirect,
    /// The answer is longer than the limit.
    #[error("the answer is longer than {limit} bytes")]
    TooLarge {
        /// The most bytes that are read.
        limit: usize,
    },
    /// There is no client: the feature `http-client` is off, or it could not be set up.
    #[error("there is no HTTP client: {0}")]
    NoClient(String),
}

impl HttpRequest {
    /// A GET request with a limit of 5 s and 256 KiB.
    pub fn get(url: Url) -> Self {
        Self {
            method: Method::GET,
            url,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            timeout: Duration::from_secs(5),
            max_body: 256 * 1024,
        }
    }

    /// A POST request with a form (`application/x-www-form-urlencoded`), and the same limits.
    ///
    /// ```
    /// use auth_core::http::HttpRequest;
    ///
    /// let url = "https://issuer.example/introspect".parse().unwrap();
    /// let request = HttpRequest::post_form(url, "token=abc".into());
    /// assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
    /// assert!(!format!("{request:?}").contains("abc"));
    /// ```
    pub fn post_form(url: Url, form: String) -> Self {
        let mut request = Self { method: Method::POST, body: form.into(), ..Self::get(url) };
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers.insert(CONTENT_TYPE, form);
        request
    }
}

impl Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("host", &self.url.host_str())
            .field("path", &self.url.path())
            .finish_non_exhaustive()
    }
}

impl Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// The client of [`Environment::process`](crate::Environment::process).
pub(crate) fn default_client() -> Arc<dyn HttpClient> {
    #[cfg(feature = "http-client")]
    return shared();
    #[cfg(not(feature = "http-client"))]
    return Arc::new(NoClient("the feature `http-client` is off".to_owned()));
}

/// Stands where a client is missing: every request fails, none is allowed for it.
#[derive(Debug, Clone)]
struct NoClient(String);

impl HttpClient for NoClient {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        Box::pin(async { Err(HttpError::NoClient(self.0.clone())) })
    }
}

#[cfg(feature = "http-client")]
pub use with_reqwest::ReqwestClient;
#[cfg(feature = "http-client")]
use with_reqwest::shared;

#[cfg(feature = "http-client")]
mod with_reqwest {
    //! The client that ships: reqwest with rustls and aws-lc-rs.

    use std::sync::LazyLock;

    use reqwest::redirect::Policy;
    use reqwest::{ClientBuilder, Error, Response};

    use super::{
        Arc, BoxFuture, Bytes, Duration, HttpClient, HttpError, HttpRequest, HttpResponse, NoClient,
    };

    /// Connections are given up sooner than answers: a dead host should not eat the whole limit.
    const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

    /// An [`HttpClient`] on reqwest: TLS by rustls, the machine's trusted authorities, redirects
    /// refused, no proxy.
    ///
    /// Variables such as `HTTP_PROXY` are not looked at unless [`Self::through_system_proxy`] is
    /// called: whoever can set one would stand between a server and an issuer on its own machine,
    /// which is asked without TLS.
    #[derive(Debug, Clone)]
    pub struct ReqwestClient(reqwest::Client);

    /// One client a process: providers share its connections.
    pub(super) fn shared() -> Arc<dyn HttpClient> {
        static SHARED: LazyLock<Arc<dyn HttpClient>> =
            LazyLock::new(|| match ReqwestClient::new() {
                Ok(client) => Arc::new(client),
                Err(error) => Arc::new(NoClient(error.to_string())),
            });
        Arc::clone(&SHARED)
    }

    impl ReqwestClient {
        /// A client with the defaults.
        ///
        /// # Errors
        ///
        /// When TLS cannot be set up on this machine.
        pub fn new() -> Result<Self, HttpError> {
            Self::configure(|builder| builder)
        }

        /// A client that goes through the proxy which the process's variables name (`HTTPS_PROXY`
        /// and its like, except for the hosts of `NO_PROXY`). For networks that have no other way
        /// out: the proxy sees whom the server asks, and over TLS nothing else.
        ///
        /// ```
        /// use std::sync::Arc;
        ///
        /// use auth_core::Environment;
        /// use auth_core::http::ReqwestClient;
        ///
        /// let client = ReqwestClient::through_system_proxy()?;
        /// let environment = Environment::process().with_http(Arc::new(client));
        /// assert!(format!("{:?}", environment.http()).starts_with("ReqwestClient"));
        /// # Ok::<_, auth_core::http::HttpError>(())
        /// ```
        ///
        /// # Errors
        ///
        /// When TLS cannot be set up on this machine.
        pub fn through_system_proxy() -> Result<Self, HttpError> {
            Self::finish(reqwest::Client::builder())
        }

        /// A client set up by you, for an authority of your own, or for a proxy that you name with
        /// `ClientBuilder::proxy`. What keeps it safe is set afterwards and cannot be undone: no
        /// redirect, a limit to connecting.
        ///
        /// # Errors
        ///
        /// When TLS cannot be set up on this machine.
        pub fn configure(
            set_up: impl FnOnce(ClientBuilder) -> ClientBuilder,
        ) -> Result<Self, HttpError> {
            Self::finish(set_up(reqwest::Client::builder().no_proxy()))
        }

        fn finish(builder: ClientBuilder) -> Result<Self, HttpError> {
            builder
                .redirect(Policy::none())
                .connect_timeout(CONNECT_TIMEOUT)
                .build()
                .map(Self)
                .map_err(|error| HttpError::NoClient(error.to_string()))
        }

        async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
            let mut asking = self.0.request(request.method, request.url).headers(request.headers);
            if !request.body.is_empty() {
                asking = asking.body(request.body);
            }
            let answer = asking
                .timeout(request.timeout)
                .send()
                .await
                .map_err(|error| HttpError::from(&error))?;
            if answer.status().is_redirection() && answer.status() != http::StatusCode::NOT_MODIFIED
            {
                return Err(HttpError::Redirect);
            }
            let (status, headers) = (answer.status(), answer.headers().clone());
            let body = read_body(answer, request.max_body).await?;
            Ok(HttpResponse { status, headers, body })
        }
    }

    impl HttpClient for ReqwestClient {
        fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
            Box::pin(self.exchange(request))
        }
    }

    /// Reads piece by piece, so that an endless body costs no more than the limit.
    async fn read_body(mut answer: Response, limit: usize) -> Result<Bytes, HttpError> {
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|error| HttpError::from(&error))? {
            if body.len() + piece.len() > limit {
                return Err(HttpError::TooLarge { limit });
            }
            body.extend_from_slice(&piece);
        }
        Ok(body.into())
    }

    impl From<&Error> for HttpError {
        fn from(error: &Error) -> Self {
            if error.is_timeout() {
                Self::Timeout
            } else if error.is_connect() {
                Self::Connect
            } else if error.is_redirect() {
                Self::Redirect
            } else {
                Self::Broken
            }
        }
    }
}
