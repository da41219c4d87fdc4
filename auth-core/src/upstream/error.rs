//! Why a vendor gave no answer that a provider can use. Next: `memo`.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::error::AuthError;

/// Why a vendor gave no answer. With `?` each becomes [`AuthError::UpstreamUnavailable`], a 503: a
/// provider that knows better, say that an unknown user is nobody, says so itself.
///
/// A vendor in trouble that concerns every caller (it cannot be reached, refuses our key, or asks to
/// be left alone) is not asked again for a second, or for as long as it says within a minute; callers
/// get the same error meanwhile, at once.
///
/// The texts hold nothing that the vendor wrote.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum UpstreamError {
    /// 404: there is no such thing, or no such address. The body tells, with some vendors.
    #[error("it answered 404")]
    NotFound(UpstreamBody),
    /// 400, 409, 422 and their like: the question makes no sense to it.
    #[error("it answered {status}")]
    Rejected {
        /// The status.
        status: u16,
        /// What it said.
        body: UpstreamBody,
    },
    /// 401 or 403: it refuses our own key, which is nothing that the caller could mend; or, with 403,
    /// what is asked about is not for us.
    #[error("it refuses our own credentials ({status})")]
    OwnKeyRefused {
        /// The status.
        status: u16,
    },
    /// 401 or 403 to a question that showed another token than our key
    /// ([`Question::bearer`](super::Question::bearer)).
    #[error("it refuses the token that it was shown ({status})")]
    TokenRefused {
        /// The status.
        status: u16,
    },
    /// 429: we ask too much.
    #[error("it wants to be left alone for a while")]
    RateLimited,
    /// It could not be reached, broke off, took too long, redirected, or answered 5xx.
    #[error("{0}")]
    Unreachable(Cow<'static, str>),
    /// It answered, and the answer is not what its documentation says.
    #[error("its answer is malformed: {0}")]
    Malformed(&'static str),
    /// The question could not be put: no address can hold an id that is in it, or no header its
    /// token.
    #[error("it was not asked, for no request can say the question: {0}")]
    Unaskable(&'static str),
}

/// What a vendor said. It never prints.
#[derive(Clone, PartialEq, Eq)]
pub struct UpstreamBody(pub(super) Bytes);

impl UpstreamBody {
    /// The body as JSON of this shape, if it is.
    pub fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&self.0).ok()
    }
}

impl fmt::Debug for UpstreamBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl From<UpstreamError> for AuthError {
    fn from(error: UpstreamError) -> Self {
        Self::UpstreamUnavailable(error.to_string().into())
    }
}
