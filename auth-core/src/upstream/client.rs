//! One vendor's interface: a question in, its answer or the reason why there is none out.
//!
//! Every question has a limit in time and in bytes, and goes to the one host that was named when
//! the server started; our credentials go nowhere else and never print. Next: `error`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use url::Url;

use super::error::{UpstreamBody, UpstreamError};
use super::pause::Pause;
use crate::clock::Clock;
use crate::config::{Environment, Secret};
use crate::http::{HttpClient, HttpError, HttpRequest, HttpResponse};
use crate::jwks::{Flaw, parse_address};

/// The most time for one question, from connecting to the last byte.
const TIMEOUT: Duration = Duration::from_secs(3);

/// The most bytes of one answer.
const MAX_ANSWER: usize = 1024 * 1024;

/// A vendor's interface. Cheap to clone; clones share what they know of its trouble.
///
/// ```
/// use auth_core::upstream::Upstream;
/// use auth_core::{Environment, Secret};
///
/// let key = Secret::from("sk_test_1".to_owned());
/// let environment = Environment::process();
/// let clerk = Upstream::at("https://api.clerk.com/v1", &environment)?.bearer(&key)?;
/// assert_eq!(format!("{clerk:?}"), "Upstream(api.clerk.com)");
/// assert!(Upstream::at("http://api.clerk.com", &environment).is_err());
/// # Ok::<(), auth_core::upstream::UpstreamSetupError>(())
/// ```
#[derive(Clone)]
pub struct Upstream {
    base: Url,
    headers: HeaderMap,
    http: Arc<dyn HttpClient>,
    clock: Arc<dyn Clock>,
    pause: Arc<Pause>,
}

/// What is wrong with the address or the credentials of a vendor's interface.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct UpstreamSetupError(String);

/// A question that has not been put yet.
#[derive(Debug)]
#[must_use = "a question that nobody sends has no answer"]
pub struct Question<'u> {
    upstream: &'u Upstream,
    request: Result<HttpRequest, UpstreamError>,
    shown: Shown,
}

/// Whose credentials a question shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    OurKey,
    AnotherToken,
}

/// A 2xx answer. Its body never prints.
#[derive(Debug, Clone)]
pub struct Answer {
    body: UpstreamBody,
    headers: HeaderMap,
}

impl Upstream {
    /// The interface below this address: https, or plain HTTP on this very machine.
    ///
    /// # Errors
    ///
    /// What is wrong with the address.
    pub fn at(base: &str, environment: &Environment) -> Result<Self, UpstreamSetupError> {
        let base = address(base).map_err(|flaw| {
            UpstreamSetupError(format!("the vendor's interface: its address {flaw}"))
        })?;
        Ok(Self {
            base,
            headers: HeaderMap::new(),
            http: Arc::clone(environment.http()),
            clock: Arc::clone(environment.clock()),
            pause: Arc::default(),
        })
    }

    /// Shows this key with every question (`Authorization: Bearer`).
    ///
    /// # Errors
    ///
    /// When the key cannot stand in a header.
    pub fn bearer(self, key: &Secret<String>) -> Result<Self, UpstreamSetupError> {
        self.header(AUTHORIZATION, &Secret::from(format!("Bearer {}", key.expose())))
    }

    /// Sends this header with every question.
    ///
    /// # Errors
    ///
    /// When the value cannot stand in a header.
    pub fn header(
        mut self,
        name: HeaderName,
        value: &Secret<String>,
    ) -> Result<Self, UpstreamSetupError> {
        let value = sensitive(value.expose()).ok_or_else(|| {
            let problem = "the vendor's interface: its key is not visible ASCII; is a line break \
                           from a file left?";
            UpstreamSetupError(problem.to_owned())
        })?;
        self.headers.insert(name, value);
        Ok(self)
    }

    /// A GET question. Each segment of the path is percent-encoded, so that an id that somebody
    /// chose names one thing, and nothing else.
    pub fn get(&self, path: &[&str]) -> Question<'_> {
        self.question(path, Method::GET)
    }

    /// A POST question with a JSON body.
    pub fn post(&self, path: &[&str], body: &impl Serialize) -> Question<'_> {
        let mut question = self.question(path, Method::POST);
        let body =
            serde_json::to_vec(body).map_err(|_| UpstreamError::Malformed("our own question"));
        question.request = question.request.and_then(|mut request| {
            request.body = body?.into();
            request.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            Ok(request)
        });
        question
    }

    /// A POST question with a form (`application/x-www-form-urlencoded`).
    pub fn post_form(&self, path: &[&str], form: String) -> Question<'_> {
        let mut question = self.question(path, Method::POST);
        if let Ok(request) = &mut question.request {
            request.body = form.into();
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            request.headers.insert(CONTENT_TYPE, form);
        }
        question
    }

    fn question(&self, path: &[&str], method: Method) -> Question<'_> {
        let request = self.address(path).map(|url| {
            let mut request = HttpRequest { method, ..HttpRequest::get(url) };
            (request.timeout, request.max_body) = (TIMEOUT, MAX_ANSWER);
            request.headers.clone_from(&self.headers);
            request.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
            request
        });
        Question { upstream: self, request, shown: Shown::OurKey }
    }

    /// A segment that is empty or a dot would lead elsewhere.
    fn address(&self, path: &[&str]) -> Result<Url, UpstreamError> {
        let leads_elsewhere = |segment: &&str| matches!(*segment, "" | "." | "..");
        if path.iter().any(leads_elsewhere) {
            return Err(UpstreamError::Malformed("an id that no address can hold"));
        }
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        Ok(url)
    }

    async fn send(&self, request: HttpRequest, shown: Shown) -> Result<Answer, UpstreamError> {
        if !self.pause.is_over(&*self.clock) {
            return Err(UpstreamError::RateLimited);
        }
        // The client has the same limit; this one holds whatever client it is.
        let limit = request.timeout + Duration::from_secs(1);
        let sent = tokio::time::timeout(limit, self.http.send(request)).await;
        let answer = sent.unwrap_or(Err(HttpError::Timeout)).map_err(|error| {
            if matches!(error, HttpError::Connect) {
                self.pause.begin(None, &*self.clock);
            }
            UpstreamError::Unreachable(error.to_string().into())
        })?;
        self.judge(answer, shown)
    }

    fn judge(&self, answer: HttpResponse, shown: Shown) -> Result<Answer, UpstreamError> {
        let status = answer.status.as_u16();
        let body = UpstreamBody(answer.body);
        let is_ours = shown == Shown::OurKey;
        if matches!(status, 503) || (is_ours && matches!(status, 401 | 403 | 429)) {
            self.pause.begin(Some(&answer.headers), &*self.clock);
        }
        match status {
            200..=299 if body.0.len() <= MAX_ANSWER => Ok(Answer { body, headers: answer.headers }),
            200..=299 => Err(UpstreamError::Malformed("it is too long")),
            401 | 403 if !is_ours => Err(UpstreamError::TokenRefused { status, body }),
            401 | 403 => Err(UpstreamError::OwnKeyRefused { status }),
            404 => Err(UpstreamError::NotFound(body)),
            429 => Err(UpstreamError::RateLimited),
            400..=499 => Err(UpstreamError::Rejected { status, body }),
            _ => Err(UpstreamError::Unreachable(format!("it answered {status}").into())),
        }
    }
}

impl Question<'_> {
    /// Adds a parameter to the query.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        if let Ok(request) = &mut self.request {
            request.url.query_pairs_mut().append_pair(name, value);
        }
        self
    }

    /// Shows this token instead of the key of the interface.
    pub fn bearer(mut self, token: &Secret<String>) -> Self {
        let value = sensitive(&format!("Bearer {}", token.expose()));
        self.shown = Shown::AnotherToken;
        self.request = self.request.and_then(|mut request| {
            let value = value.ok_or(UpstreamError::Malformed("our own token"))?;
            request.headers.insert(AUTHORIZATION, value);
            Ok(request)
        });
        self
    }

    /// Takes at most this long, instead of three seconds.
    pub fn within(mut self, timeout: Duration) -> Self {
        if let Ok(request) = &mut self.request {
            request.timeout = timeout;
        }
        self
    }

    /// Puts the question.
    ///
    /// # Errors
    ///
    /// Why there is no answer; see [`UpstreamError`] for what each status means.
    pub async fn send(self) -> Result<Answer, UpstreamError> {
        self.upstream.send(self.request?, self.shown).await
    }

    /// Puts the question and reads the answer.
    ///
    /// # Errors
    ///
    /// As [`Question::send`], and [`UpstreamError::Malformed`] when the answer is of another shape.
    pub async fn json<T: DeserializeOwned>(self) -> Result<T, UpstreamError> {
        self.send().await?.json()
    }
}

impl Answer {
    /// The body as JSON of this shape.
    ///
    /// # Errors
    ///
    /// [`UpstreamError::Malformed`] when it is of another.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, UpstreamError> {
        self.body.json().ok_or(UpstreamError::Malformed("it is not JSON of the documented shape"))
    }

    /// The header fields.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}

fn address(text: &str) -> Result<Url, &'static str> {
    match parse_address(text) {
        Ok(url) if url.query().is_none() && url.fragment().is_none() => Ok(url),
        Ok(_) => Err("has a query or a fragment: remove it"),
        Err(Flaw::NoUrl) => Err("is no URL"),
        Err(Flaw::NotSecure) => Err("has to begin with https://"),
        Err(Flaw::Userinfo) => Err("holds a user name or password: remove it"),
    }
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok().filter(|value| value.to_str().is_ok())?;
    value.set_sensitive(true);
    Some(value)
}

/// The host only: a path may hold an id of somebody.
impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upstream({})", self.base.host_str().unwrap_or_default())
    }
}
