//! One request to the issuer in, one [`KeySet`] and how long to trust it out.
//!
//! Only a 200 with at least one usable key counts as an answer; everything else is a failure that
//! leaves the keys we have alone. Next: `set`.

use std::borrow::Cow;
use std::time::Duration;

use http::HeaderMap;
use http::header::{ACCEPT, AGE, CACHE_CONTROL, HeaderValue};
use url::Url;

use super::set::KeySet;
use crate::http::{HttpClient, HttpRequest};
use crate::jwt::Algorithm;

/// How long keys are trusted when the issuer does not say.
const DEFAULT_LIFETIME: Duration = Duration::from_mins(10);

/// What an issuer may say: shorter would ask it for every other token, longer would keep a key
/// that it took back.
const SHORTEST_LIFETIME: Duration = Duration::from_mins(5);
const LONGEST_LIFETIME: Duration = Duration::from_hours(1);

/// An answer of the issuer.
#[derive(Debug)]
pub(super) struct Fetched {
    pub(super) keys: KeySet,
    pub(super) lifetime: Duration,
}

/// Why there is none; no text of the issuer's is in it.
pub(super) type FetchError = Cow<'static, str>;

pub(super) async fn fetch(
    http: &dyn HttpClient,
    url: &Url,
    algorithms: &[Algorithm],
) -> Result<Fetched, FetchError> {
    let mut request = HttpRequest::get(url.clone());
    request
        .headers
        .insert(ACCEPT, HeaderValue::from_static("application/jwk-set+json, application/json"));
    let answer = http.send(request).await.map_err(|error| error.to_string())?;
    if answer.status.as_u16() != 200 {
        return Err(format!("the issuer answered {}", answer.status.as_u16()).into());
    }
    let keys = KeySet::parse(&answer.body, algorithms)?;
    Ok(Fetched { keys, lifetime: lifetime(&answer.headers) })
}

/// `max-age` of `Cache-Control` less `Age` (RFC 9111, sections 5.2.2.1 and 5.1), within bounds.
fn lifetime(headers: &HeaderMap) -> Duration {
    let values = headers.get_all(CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let age = headers.get(AGE).and_then(|age| age.to_str().ok()?.trim().parse().ok());
    values
        .flat_map(|value| value.split(','))
        .filter_map(|directive| directive.trim().split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("max-age"))
        .and_then(|(_, seconds)| seconds.trim_matches('"').parse().ok())
        .map_or(DEFAULT_LIFETIME, |seconds: u64| {
            Duration::from_secs(seconds.saturating_sub(age.unwrap_or_default()))
        })
        .clamp(SHORTEST_LIFETIME, LONGEST_LIFETIME)
}
