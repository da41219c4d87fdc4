//! One vendor's interface: an address and our credentials in, questions out.
//!
//! Questions go to the one host that was named when the server started; our credentials go nowhere
//! else and never print. Next: `question`.

use std::fmt;
use std::sync::Arc;

use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Method};
use serde::Serialize;
use thiserror::Error;
use url::Url;

use super::answer::Trouble;
use super::error::UpstreamError;
use super::question::Question;
use crate::clock::Clock;
use crate::config::{Environment, Secret};
use crate::http::HttpClient;
use crate::jwks::{Flaw, parse_address};

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
    pub(super) headers: HeaderMap,
    pub(super) http: Arc<dyn HttpClient>,
    clock: Arc<dyn Clock>,
    pub(super) trouble: Arc<Trouble>,
}

/// What is wrong with the address or the credentials of a vendor's interface.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the vendor's interface: {0}")]
pub struct UpstreamSetupError(&'static str);

impl Upstream {
    /// The interface below this address: https, or plain HTTP on this very machine.
    ///
    /// # Errors
    ///
    /// What is wrong with the address.
    pub fn at(base: &str, environment: &Environment) -> Result<Self, UpstreamSetupError> {
        let clock = Arc::clone(environment.clock());
        Ok(Self {
            base: address(base).map_err(UpstreamSetupError)?,
            headers: HeaderMap::new(),
            http: Arc::clone(environment.http()),
            trouble: Arc::new(Trouble::new(Arc::clone(&clock))),
            clock,
        })
    }

    /// Shows this key with every question (`Authorization: Bearer`).
    ///
    /// # Errors
    ///
    /// When the key cannot stand in a header.
    pub fn bearer(self, key: &Secret<String>) -> Result<Self, UpstreamSetupError> {
        self.with(AUTHORIZATION, bearer(key.expose()))
    }

    /// Sends this header with every question.
    ///
    /// # Errors
    ///
    /// When the value cannot stand in a header.
    pub fn header(
        self,
        name: HeaderName,
        value: &Secret<String>,
    ) -> Result<Self, UpstreamSetupError> {
        self.with(name, sensitive(value.expose()))
    }

    /// Whoever shows another key is another customer, whose trouble is their own.
    fn with(
        mut self,
        name: HeaderName,
        value: Option<HeaderValue>,
    ) -> Result<Self, UpstreamSetupError> {
        let problem = "its key is empty or not visible ASCII: is a line break from a file left?";
        self.headers.insert(name, value.ok_or(UpstreamSetupError(problem))?);
        self.trouble = Arc::new(Trouble::new(Arc::clone(&self.clock)));
        Ok(self)
    }

    /// A GET question. Each segment of the path is percent-encoded, so that an id that somebody
    /// chose names one thing, and nothing else.
    pub fn get(&self, path: &[&str]) -> Question<'_> {
        self.question(path, Method::GET)
    }

    /// A POST question with a JSON body.
    pub fn post(&self, path: &[&str], body: &impl Serialize) -> Question<'_> {
        let question = self.question(path, Method::POST);
        match serde_json::to_vec(body) {
            Ok(body) => question.body("application/json", body.into()),
            Err(_) => question.unaskable("its body cannot be written as JSON"),
        }
    }

    /// A POST question with a form (`application/x-www-form-urlencoded`).
    pub fn post_form(&self, path: &[&str], form: String) -> Question<'_> {
        let question = self.question(path, Method::POST);
        question.body("application/x-www-form-urlencoded", form.into())
    }

    fn question(&self, path: &[&str], method: Method) -> Question<'_> {
        Question::new(self, method, self.address(path))
    }

    fn address(&self, path: &[&str]) -> Result<Url, UpstreamError> {
        let elsewhere = UpstreamError::Unaskable("an id is in it that no address can hold");
        if path.iter().any(|segment| leads_elsewhere(segment)) {
            return Err(elsewhere);
        }
        let mut url = self.base.clone();
        url.path_segments_mut().map_err(|()| elsewhere)?.pop_if_empty().extend(path);
        Ok(url)
    }
}

/// A segment that is empty or a dot names a folder above; and what writes addresses drops tabs and
/// line breaks, which may leave such a segment, or another id.
fn leads_elsewhere(segment: &str) -> bool {
    matches!(segment, "" | "." | "..") || segment.chars().any(char::is_control)
}

fn address(text: &str) -> Result<Url, &'static str> {
    match parse_address(text) {
        Ok(url) if url.query().is_none() && url.fragment().is_none() => Ok(url),
        Ok(_) => Err("its address has a query or a fragment: remove it"),
        Err(Flaw::NoUrl) => Err("its address is no URL"),
        Err(Flaw::NotSecure) => Err("its address has to begin with https://"),
        Err(Flaw::Userinfo) => Err("its address holds a user name or password: remove it"),
    }
}

/// A header that shows one token: one word, as RFC 6750, section 2.1, wants it.
pub(super) fn bearer(token: &str) -> Option<HeaderValue> {
    let is_word = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    sensitive(&format!("Bearer {token}")).filter(|_| is_word)
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let is_visible = text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    (is_visible && !text.trim().is_empty()).then_some(value)
}

pub(super) fn media_type(name: &'static str) -> (HeaderName, HeaderValue) {
    (CONTENT_TYPE, HeaderValue::from_static(name))
}

/// The host only: a path may hold an id of somebody.
impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upstream({})", self.base.host_str().unwrap_or_default())
    }
}
