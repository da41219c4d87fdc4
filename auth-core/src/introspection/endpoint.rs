//! One question to the issuer in, its answer or the trouble out (RFC 7662, sections 2.1 to 2.3).
//!
//! Only a 200 with a document that says yes or no is an answer. Trouble is of two kinds: that of
//! the endpoint, after which it is left alone for a while, and that of one token, after which it is
//! not: else one stranger's token could keep everybody out. Next: `answer`.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use url::Url;
use url::form_urlencoded::Serializer;

use super::answer::Answer;
use super::client::Credentials;
use crate::clock::Clock;
use crate::http::{HttpClient, HttpError, HttpRequest, HttpResponse};
use crate::jwks::retry_after;

/// The most time for one question, and when it is given up should the client not listen.
const TIMEOUT: Duration = Duration::from_secs(5);
const LIMIT: Duration = Duration::from_secs(6);

/// The most bytes of an answer.
const MAX_ANSWER: usize = 64 * 1024;

/// Whom to ask, and as whom.
pub(super) struct Endpoint {
    pub(super) url: Url,
    pub(super) credentials: Credentials,
    pub(super) hint: String,
    pub(super) http: Arc<dyn HttpClient>,
    pub(super) clock: Arc<dyn Clock>,
}

/// Why there is no answer; no text of the issuer's is in it.
#[derive(Debug, Clone)]
pub(super) struct Trouble {
    pub(super) reason: Reason,
    /// How long the endpoint asks to be left alone, zero if it does not say; `None` for trouble
    /// with one token.
    pub(super) pause: Option<Duration>,
}

pub(super) type Reason = Cow<'static, str>;

impl Endpoint {
    /// The question about this token.
    pub(super) fn question(&self, token: &str) -> HttpRequest {
        let mut form = Serializer::new(String::new());
        form.append_pair("token", token).append_pair("token_type_hint", &self.hint);
        self.credentials.fill(&mut form);
        let mut request = HttpRequest::post_form(self.url.clone(), form.finish());
        (request.timeout, request.max_body) = (TIMEOUT, MAX_ANSWER);
        request.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        request.headers.extend(self.credentials.header().map(|value| (AUTHORIZATION, value)));
        request
    }

    /// Asks it.
    pub(super) async fn ask(&self, question: HttpRequest) -> Result<Answer, Trouble> {
        let answer = tokio::time::timeout(LIMIT, self.http.send(question)).await;
        let answer = answer.unwrap_or(Err(HttpError::Timeout)).map_err(|error| match error {
            HttpError::TooLarge { .. } => Trouble::of_token(error.to_string()),
            _ => Trouble::of_endpoint(error.to_string()),
        })?;
        match answer.status.as_u16() {
            200 => read(&answer),
            401 | 403 => Err(Trouble::of_endpoint("it refuses our client credentials")),
            status @ (429 | 503) => {
                let asked = retry_after(&answer.headers, self.clock.unix());
                Err(Trouble { pause: asked.or(Some(Duration::ZERO)), ..Trouble::status(status) })
            }
            // Bad requests: the token may be at fault, though the form is ours.
            status @ (400 | 404..=499) => Err(Trouble { pause: None, ..Trouble::status(status) }),
            status => Err(Trouble::status(status)),
        }
    }
}

fn read(answer: &HttpResponse) -> Result<Answer, Trouble> {
    if answer.body.len() > MAX_ANSWER {
        return Err(Trouble::of_token(HttpError::TooLarge { limit: MAX_ANSWER }.to_string()));
    }
    Answer::parse(&answer.body).ok_or_else(|| {
        Trouble::of_token("its answer is not one JSON object that says whether `active` is true")
    })
}

impl Trouble {
    pub(super) fn of_endpoint(reason: impl Into<Reason>) -> Self {
        Self { reason: reason.into(), pause: Some(Duration::ZERO) }
    }

    fn of_token(reason: impl Into<Reason>) -> Self {
        Self { reason: reason.into(), pause: None }
    }

    fn status(status: u16) -> Self {
        Self::of_endpoint(format!("it answered {status}"))
    }
}

/// Host and path only: a query may hold a secret.
impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.url.host_str().unwrap_or_default(), self.url.path())
    }
}
