//! What an issuer's headers say about keeping its answer: in a header map, out durations and
//! validators, all within bounds.
//!
//! What is absurd counts as not said: a header never fails a request that brought good keys.
//! Next: `cached`.

use std::time::{Duration, UNIX_EPOCH};

use http::HeaderMap;
use http::header::{
    AGE, CACHE_CONTROL, ETAG, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED, RETRY_AFTER,
};

/// The longest entity tag that is sent back; real ones have less than 80 bytes.
const MAX_TAG: usize = 256;

/// A date has 29 bytes (RFC 9110, section 5.6.7).
const MAX_DATE: usize = 64;

/// What an answer says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Caching {
    /// `max-age` of `Cache-Control` less `Age` (RFC 9111, sections 5.2.2.1 and 5.1).
    pub(super) lifetime: Option<Duration>,
    pub(super) validator: Option<Validator>,
}

/// How to ask whether something has changed (RFC 9110, section 8.8): by its tag, weak or strong,
/// or else by its date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Validator {
    Tag(HeaderValue),
    Date(HeaderValue),
}

impl Caching {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        Self { lifetime: lifetime(headers), validator: Validator::of(headers) }
    }
}

impl Validator {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let tag = headers.get(ETAG).filter(|tag| is_tag(tag.as_bytes())).cloned();
        let date = || headers.get(LAST_MODIFIED).filter(|date| date.len() <= MAX_DATE).cloned();
        tag.map(Self::Tag).or_else(|| date().map(Self::Date))
    }

    /// The header that makes a request conditional.
    pub(super) fn condition(&self) -> (HeaderName, HeaderValue) {
        match self {
            Self::Tag(tag) => (IF_NONE_MATCH, tag.clone()),
            Self::Date(date) => (IF_MODIFIED_SINCE, date.clone()),
        }
    }
}

/// `"..."` or `W/"..."` (RFC 9110, section 8.8.3), of a length that is worth repeating.
fn is_tag(tag: &[u8]) -> bool {
    let opaque = tag.strip_prefix(b"W/").unwrap_or(tag);
    let inside = opaque.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    tag.len() <= MAX_TAG && inside.is_some_and(|inside| !inside.contains(&b'"'))
}

fn lifetime(headers: &HeaderMap) -> Option<Duration> {
    let values = headers.get_all(CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let age = headers.get(AGE).and_then(|age| age.to_str().ok()?.trim().parse().ok());
    values
        .flat_map(|value| value.split(','))
        .filter_map(|directive| directive.trim().split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("max-age"))
        .and_then(|(_, seconds)| seconds.trim_matches('"').parse().ok())
        .map(|seconds: u64| Duration::from_secs(seconds.saturating_sub(age.unwrap_or_default())))
}

/// How long the issuer wants to be left alone, in seconds or until a date (RFC 9110, section
/// 10.2.3); `now` is the time since 1970. Whoever uses it sets the bounds.
pub(crate) fn retry_after(headers: &HeaderMap, now: Duration) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(date.saturating_sub(now))
}
