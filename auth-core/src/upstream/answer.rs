//! What a vendor answered: a status in, an answer or the reason why it is none out.
//!
//! After some reasons the vendor is left alone for a while. That shuts out every caller, so that it
//! takes a reason which no single caller can cause: who brings a token that the vendor refuses, or
//! an id that it will not talk about, keeps nobody else out. Next: `error`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use serde::de::DeserializeOwned;

use super::error::{UpstreamBody, UpstreamError};
use crate::clock::Clock;
use crate::http::{HttpError, HttpResponse};
use crate::jwks::retry_after;
use crate::memo::{Hush, Pause};

/// The most bytes of one answer.
pub(super) const MAX_ANSWER: usize = 1024 * 1024;

/// A 2xx answer. `Debug` shows its length only.
#[derive(Clone)]
pub struct Answer {
    body: UpstreamBody,
    headers: HeaderMap,
}

/// Whose credentials a question shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    OurKey,
    AnotherToken,
}

/// What is known of a vendor's trouble.
pub(super) struct Trouble {
    pause: Pause<UpstreamError>,
    hush: Hush,
    clock: Arc<dyn Clock>,
}

impl Trouble {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { pause: Pause::new(Arc::clone(&clock)), hush: Hush::default(), clock }
    }

    /// Whether the vendor may be asked now, or why not.
    pub(super) fn check(&self) -> Result<(), UpstreamError> {
        self.pause.check()
    }

    /// What an answer is worth.
    pub(super) fn judge(
        &self,
        answer: HttpResponse,
        shown: Shown,
        host: Option<&str>,
    ) -> Result<Answer, UpstreamError> {
        let asked = retry_after(&answer.headers, self.clock.unix());
        let (status, error) = match read(answer, shown) {
            Ok(answer) => return Ok(answer),
            Err(refused) => refused,
        };
        match (status, asked) {
            // What is said of one token is nobody else's, and so are its limits.
            (401 | 429, _) if shown == Shown::AnotherToken => {}
            // A refused key is nothing that an object can cause, unlike 403.
            (401, _) => {
                self.pause.begin(Duration::ZERO, error.clone());
                self.warn(host);
            }
            (429, asked) => self.pause.begin(asked.unwrap_or_default(), error.clone()),
            // One that does not say when to come back may be about one object.
            (503, Some(asked)) => self.pause.begin(asked, error.clone()),
            _ => {}
        }
        Err(error)
    }

    /// What a question without an answer is worth. Only one that reached nobody is the same for all
    /// callers: one that took too long may have asked for too much.
    pub(super) fn of_connection(&self, error: &HttpError) -> UpstreamError {
        let reason = UpstreamError::Unreachable(error.to_string().into());
        if matches!(error, HttpError::Connect) {
            self.pause.begin(Duration::ZERO, reason.clone());
        }
        reason
    }

    fn warn(&self, host: Option<&str>) {
        if self.hush.is_over(&*self.clock) {
            tracing::warn!(
                target: "auth", host,
                "the vendor refuses our own credentials: nobody can be let in who has to be asked \
                 about"
            );
        }
    }
}

/// The answer, or its status and what that means.
fn read(answer: HttpResponse, shown: Shown) -> Result<Answer, (u16, UpstreamError)> {
    let status = answer.status.as_u16();
    let (body, headers) = (UpstreamBody(answer.body), answer.headers);
    let error = match status {
        _ if body.0.len() > MAX_ANSWER => UpstreamError::Malformed("it is too long"),
        200..=299 => return Ok(Answer { body, headers }),
        401 | 403 if shown == Shown::AnotherToken => UpstreamError::TokenRefused { status },
        401 | 403 => UpstreamError::OwnKeyRefused { status },
        404 => UpstreamError::NotFound(body),
        429 => UpstreamError::RateLimited,
        400..=499 => UpstreamError::Rejected { status, body },
        _ => UpstreamError::Unreachable(format!("it answered {status}").into()),
    };
    Err((status, error))
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

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer({:?})", self.body)
    }
}
