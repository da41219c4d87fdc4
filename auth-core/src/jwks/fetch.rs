//! One question to an issuer in; a document, or the news that nothing changed, out.
//!
//! Only a 200 counts as a document, and a 304 only if we said what we have; everything else is a
//! failure that leaves what we have alone. The content decides, not its type: issuers send JSON as
//! `application/jwk-set+json`, `application/json` and `text/plain`. Next: `set` and `discovery`,
//! which read it.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, HeaderValue};
use url::Url;

use super::caching::{Caching, Validator, retry_after};
use crate::clock::Clock;
use crate::http::{HttpClient, HttpRequest};

/// What to ask for.
#[derive(Debug)]
pub(super) struct Question<'q> {
    pub(super) url: &'q Url,
    pub(super) accept: &'static str,
    /// The most bytes of the answer.
    pub(super) max_body: usize,
    /// What we have already.
    pub(super) known: Option<&'q Validator>,
}

/// What the issuer said.
#[derive(Debug)]
pub(super) struct Answer {
    /// `None`: what we have has not changed.
    pub(super) document: Option<Bytes>,
    pub(super) caching: Caching,
}

/// Why there is no answer; no text of the issuer's is in it.
pub(super) type FetchError = Cow<'static, str>;

/// A failure, and how long the issuer wants to be left alone.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) reason: FetchError,
    pub(super) retry_after: Option<Duration>,
}

pub(super) async fn ask(
    http: &dyn HttpClient,
    clock: &dyn Clock,
    question: Question<'_>,
) -> Result<Answer, Failure> {
    let mut request = HttpRequest::get(question.url.clone());
    request.max_body = question.max_body;
    request.headers.insert(ACCEPT, HeaderValue::from_static(question.accept));
    if let Some((name, value)) = question.known.map(Validator::condition) {
        request.headers.insert(name, value);
    }
    let answer = http.send(request).await.map_err(|error| Failure::from(error.to_string()))?;
    let caching = Caching::of(&answer.headers);
    match (answer.status.as_u16(), question.known) {
        (200, _) => Ok(Answer { document: Some(answer.body), caching }),
        (304, Some(_)) => Ok(Answer { document: None, caching }),
        (status, _) => Err(Failure {
            reason: format!("the issuer answered {status}").into(),
            retry_after: match status {
                429 | 503 => retry_after(&answer.headers, clock.unix()),
                _ => None,
            },
        }),
    }
}

impl<R: Into<FetchError>> From<R> for Failure {
    fn from(reason: R) -> Self {
        Self { reason: reason.into(), retry_after: None }
    }
}
