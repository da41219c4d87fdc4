//! The steps in one function: an opaque token in, its claims or the first reason to refuse it out.
//!
//! What can be refused without the issuer is refused before it is asked. Next: `desk`.

use std::fmt;
use std::sync::Arc;

use super::answer::Answer;
use super::builder::IntrospectionBuilder;
use super::desk::Desk;
use super::rules::Rules;
use crate::clock::Clock;
use crate::error::AuthError;
use crate::jwt::{Claims, MAX_TOKEN_BYTES};
use crate::request::Request;
use crate::token::{Scheme, Token};

/// What is asked about to see whether the issuer answers.
const PROBE: &str = "is-anybody-there";

/// Verifies opaque tokens by asking their issuer (RFC 7662).
///
/// Cheap to clone; clones share one cache. It is used in a provider that writes its own
/// `Authenticate`:
///
/// ```
/// # #[cfg(feature = "derive")]
/// # mod example {
/// use auth_core::introspection::Introspection;
/// use auth_core::{AuthError, AuthProvider, Authenticate, Claims, Request, Secret, Token};
///
/// /// Accepts the opaque tokens of the ACME identity provider.
/// #[derive(AuthProvider)]
/// #[auth(name = "acme-opaque")]
/// pub struct AcmeOpaque {
///     /// The issuer, such as `https://login.acme.example`.
///     #[auth(env = "ACME_ISSUER")]
///     issuer: String,
///
///     /// The id of this server at the issuer; tokens have to be for it.
///     #[auth(env = "ACME_CLIENT_ID")]
///     client_id: String,
///
///     /// The secret of this server at the issuer.
///     #[auth(env = "ACME_CLIENT_SECRET")]
///     client_secret: Secret<String>,
///
///     #[auth(init = Introspection::at(format!("{issuer}/oauth/introspect"))
///         .client(client_id, client_secret)
///         .issuer(issuer)
///         .audience(client_id)
///         .build_in(environment)?)]
///     introspection: Introspection,
/// }
///
/// impl Authenticate for AcmeOpaque {
///     type User = Claims;
///
///     async fn authenticate(
///         &self,
///         token: &Token<'_>,
///         request: &Request<'_>,
///     ) -> Result<Claims, AuthError> {
///         self.introspection.verify_request(token, request).await
///     }
/// }
/// # use std::sync::Arc;
/// # use auth_core::config::{Environment, Vars};
/// # use auth_core::http::{HttpClient, HttpError, HttpRequest, HttpResponse};
/// # use auth_core::Gate;
/// # use futures_util::future::{BoxFuture, ready};
/// # #[derive(Debug)]
/// # struct Issuer(&'static str);
/// # impl HttpClient for Issuer {
/// #     fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
/// #         let (status, headers) = (http::StatusCode::OK, http::HeaderMap::new());
/// #         let body = bytes::Bytes::from_static(self.0.as_bytes());
/// #         Box::pin(ready(Ok(HttpResponse { status, headers, body })))
/// #     }
/// # }
/// # pub async fn decide(answer: &'static str) -> Option<&'static str> {
/// #     let environment =
/// #         Environment::process().with_vars(Vars::empty()).with_http(Arc::new(Issuer(answer)));
/// #     let provider = AcmeOpaque::builder()
/// #         .issuer("https://login.acme.example")
/// #         .client_id("api")
/// #         .client_secret("s3cret")
/// #         .build_in(&environment)
/// #         .unwrap();
/// #     let request = http::Request::get("/").header("authorization", "Bearer opaque");
/// #     let request = request.body(()).unwrap();
/// #     let decision = Gate::new(provider).decide(&Request::from(&request)).await;
/// #     decision.denial().map(|denial| denial.code())
/// # }
/// # }
/// # #[cfg(feature = "derive")]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # let decide = example::decide;
/// // What becomes of `Authorization: Bearer opaque`, by the issuer's answer:
/// let good = r#"{"active": true, "iss": "https://login.acme.example", "aud": "api"}"#;
/// assert_eq!(decide(good).await, None);
/// assert_eq!(decide(r#"{"active": false}"#).await, Some("token_inactive"));
/// assert_eq!(decide(r#"{"active": "true"}"#).await, Some("introspection_unavailable"));
/// # }
/// # #[cfg(not(feature = "derive"))]
/// # fn main() {}
/// ```
#[derive(Clone)]
pub struct Introspection {
    desk: Arc<Desk>,
    rules: Arc<Rules>,
    clock: Arc<dyn Clock>,
}

impl Introspection {
    /// Asks at this `https` address (RFC 7662, section 2).
    ///
    /// Asking takes a tokio runtime with its timer.
    pub fn at(url: impl Into<String>) -> IntrospectionBuilder {
        IntrospectionBuilder::new(url.into())
    }

    pub(super) fn new(desk: Desk, rules: Rules, clock: Arc<dyn Clock>) -> Self {
        Self { desk: Arc::new(desk), rules: Arc::new(rules), clock }
    }

    /// Verifies a token and whether it came from its holder: what its issuer says of it, and, if it
    /// is bound to a key or a certificate (`cnf`), the proof that the request brings.
    ///
    /// # Errors
    ///
    /// The first reason to refuse it; [`AuthError::IntrospectionUnavailable`] when nobody could
    /// find out.
    pub async fn verify_request(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<Claims, AuthError> {
        self.verify_with(token, Some(request)).await
    }

    /// Verifies a token alone. One that is bound to its holder is refused, for there is nothing to
    /// show it by: see [`Introspection::verify_request`].
    ///
    /// # Errors
    ///
    /// The first reason to refuse it; [`AuthError::IntrospectionUnavailable`] when nobody could
    /// find out.
    pub async fn verify(&self, token: &Token<'_>) -> Result<Claims, AuthError> {
        self.verify_with(token, None).await
    }

    async fn verify_with(
        &self,
        token: &Token<'_>,
        request: Option<&Request<'_>>,
    ) -> Result<Claims, AuthError> {
        let presented = self.rules.confirmation.read(token, request)?;
        check_form(token.expose())?;
        let Answer::Active(claims) = self.desk.ask(token.expose()).await? else {
            return Err(AuthError::TokenInactive);
        };
        let now = self.clock.unix();
        self.rules.check(&claims, now)?;
        self.rules.confirmation.check(&claims, &presented, now)?;
        Ok(claims)
    }

    /// Waits until the issuer has answered a question about a token that is none: then its endpoint
    /// can be reached and takes our credentials. Like any answer, this one is kept for three seconds
    /// at most, so that probes cost the issuer little.
    ///
    /// # Errors
    ///
    /// [`AuthError::IntrospectionUnavailable`] when it did not.
    pub async fn ready(&self) -> Result<(), AuthError> {
        self.desk.ask(PROBE).await.map(drop)
    }

    /// The schemes of `Authorization` that tokens may come with, the one to prefer first.
    pub fn schemes(&self) -> &'static [Scheme] {
        self.rules.confirmation.schemes()
    }

    /// How many answers are kept: at most the capacity for good tokens, and as many again for
    /// others.
    pub fn cached(&self) -> usize {
        self.desk.cached()
    }
}

/// The characters of an access token (RFC 6749, appendix A.12) without the space, which no header
/// could bring.
fn check_form(token: &str) -> Result<(), AuthError> {
    if token.len() > MAX_TOKEN_BYTES {
        return Err(AuthError::TokenTooLarge { limit: MAX_TOKEN_BYTES });
    }
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(AuthError::TokenMalformed("it is not one word of visible ASCII"));
    }
    Ok(())
}

/// Host and path only: a query may hold a secret.
impl fmt::Debug for Introspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Introspection")
            .field("desk", &self.desk)
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}
