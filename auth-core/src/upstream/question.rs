//! One question to a vendor: a path, a body and whose token it shows in; its answer, or the reason
//! why there is none, out.
//!
//! Every question has a limit in time and in bytes. None is put while the vendor is left alone.
//! Next: `answer`.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use http::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use serde::de::DeserializeOwned;
use tokio::runtime::Handle;
use url::Url;

use super::answer::{Answer, MAX_ANSWER, Shown};
use super::client::{Upstream, bearer, media_type};
use super::error::UpstreamError;
use crate::config::Secret;
use crate::http::{HttpError, HttpRequest};

/// The most time for one question, from connecting to the last byte, unless told otherwise; and the
/// most that anybody can ask for.
const TIMEOUT: Duration = Duration::from_secs(3);
const MAX_TIMEOUT: Duration = Duration::from_secs(30);

/// What a client that does not keep its time has left.
const GRACE: Duration = Duration::from_secs(1);

/// A question that has not been put yet. `Debug` shows its host only.
#[must_use = "a question that nobody sends has no answer"]
pub struct Question<'u> {
    upstream: &'u Upstream,
    request: Result<HttpRequest, UpstreamError>,
    shown: Shown,
}

impl<'u> Question<'u> {
    pub(super) fn new(
        upstream: &'u Upstream,
        method: Method,
        url: Result<Url, UpstreamError>,
    ) -> Self {
        let request = url.map(|url| {
            let mut request = HttpRequest { method, ..HttpRequest::get(url) };
            (request.timeout, request.max_body) = (TIMEOUT, MAX_ANSWER);
            request.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
            // Ours last: a vendor that wants another `Accept` gets it.
            request.headers.extend(upstream.headers.clone());
            request
        });
        Self { upstream, request, shown: Shown::OurKey }
    }

    pub(super) fn body(self, kind: &'static str, body: Bytes) -> Self {
        self.with(|request| {
            request.headers.extend([media_type(kind)]);
            request.body = body;
        })
    }

    pub(super) fn unaskable(mut self, problem: &'static str) -> Self {
        self.request = self.request.and(Err(UpstreamError::Unaskable(problem)));
        self
    }

    fn with(mut self, change: impl FnOnce(&mut HttpRequest)) -> Self {
        if let Ok(request) = &mut self.request {
            change(request);
        }
        self
    }

    /// Adds a parameter to the query.
    pub fn query(self, name: &str, value: &str) -> Self {
        self.with(|request| {
            request.url.query_pairs_mut().append_pair(name, value);
        })
    }

    /// Shows this token instead of the key of the interface, say the caller's own.
    ///
    /// What the vendor says of it concerns this question alone: 401 and 403 are
    /// [`UpstreamError::TokenRefused`], and nobody else's question waits for it.
    pub fn bearer(mut self, token: &Secret<String>) -> Self {
        self.shown = Shown::AnotherToken;
        match bearer(token.expose()) {
            Some(value) => self.with(|request| drop(request.headers.insert(AUTHORIZATION, value))),
            None => self.unaskable("the token cannot stand in a header"),
        }
    }

    /// Takes at most this long, instead of three seconds: at most thirty.
    pub fn within(self, timeout: Duration) -> Self {
        self.with(|request| request.timeout = timeout.min(MAX_TIMEOUT))
    }

    /// Puts the question. That takes a tokio runtime with its timer.
    ///
    /// # Errors
    ///
    /// Why there is no answer; see [`UpstreamError`] for what each status means.
    pub async fn send(self) -> Result<Answer, UpstreamError> {
        let request = self.request?;
        let trouble = &self.upstream.trouble;
        trouble.check()?;
        if Handle::try_current().is_err() {
            return Err(UpstreamError::Unreachable("there is no tokio runtime".into()));
        }
        let (limit, host) = (request.timeout + GRACE, request.url.clone());
        let sent = tokio::time::timeout(limit, self.upstream.http.send(request)).await;
        match sent.unwrap_or(Err(HttpError::Timeout)) {
            Ok(answer) => trouble.judge(answer, self.shown, host.host_str()),
            Err(error) => Err(trouble.of_connection(&error)),
        }
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

impl fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Question").field("upstream", self.upstream).finish_non_exhaustive()
    }
}
