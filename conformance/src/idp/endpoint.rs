//! What a vendor serves besides keys: an address, and an honest answer to whoever asks there.
//!
//! In: a request ([`Asking`]) and the fake's world. Out: a [`Reply`]. Plain data and a function
//! pointer, so that a vendor's room is a constant; what changes while it runs are [`Facts`].

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use super::{Asked, Reply};
use crate::forge::KeyRing;

/// Something that a vendor serves besides its keys.
///
/// ```
/// use auth_conformance::idp::{Asking, Endpoint, Reply};
/// use serde_json::json;
///
/// const USER: Endpoint = Endpoint {
///     name: "user",
///     host: "api.vendor.example",
///     method: "GET",
///     path: "/v1/users/{}",
///     is_asked: true,
///     answer: user,
/// };
///
/// /// An honest fake checks the key and refuses a wrong one.
/// fn user(asking: &Asking<'_>) -> Reply {
///     if asking.bearer() != Some("sk_test_key") {
///         return Reply::json(401, &json!({"error": "unknown key"}));
///     }
///     Reply::json(200, &json!({"id": asking.captured(0), "banned": asking.fact("banned")}))
/// }
/// assert_eq!(USER.captured("/v1/users/user_1"), Some(vec!["user_1".to_owned()]));
/// assert_eq!(USER.captured("/v1/users"), None);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Endpoint {
    /// What cases and tests call it: `issuer.calls("memberships")`.
    pub name: &'static str,
    /// The host that it is on, such as `api.workos.com`.
    pub host: &'static str,
    /// The method, such as `GET`; under another one there is nothing.
    pub method: &'static str,
    /// Its path. A segment `{}` stands for any one segment; a segment may end in a fixed text, as in
    /// `/v1/{}:lookup`.
    pub path: &'static str,
    /// Whether the provider, configured as the harness does it, asks here for every good token that
    /// it has not seen yet. The group `up` is about these.
    pub is_asked: bool,
    /// What it answers when all is well.
    pub answer: fn(&Asking<'_>) -> Reply,
}

/// A request to an endpoint, and the world that it is made in; all of [`Asked`] can be asked of it.
#[derive(Debug)]
pub struct Asking<'a> {
    /// The issuer's keys.
    pub keys: &'a KeyRing,
    /// The time, in seconds since 1970.
    pub now: u64,
    pub(super) asked: &'a Asked,
    pub(super) captured: Vec<String>,
    pub(super) facts: &'a Facts,
}

/// What is the case at the vendor, by name: who is revoked, which page follows. A case or a test sets
/// it, an answer reads it.
#[derive(Debug, Default)]
pub struct Facts(Mutex<BTreeMap<String, Value>>);

impl Endpoint {
    /// What stands in the path for each `{}`, decoded; nothing when the path is another one.
    pub fn captured(&self, path: &str) -> Option<Vec<String>> {
        let mut captured = Vec::new();
        let (mut wanted, mut seen) = (self.path.split('/'), path.split('/'));
        loop {
            match (wanted.next(), seen.next()) {
                (None, None) => return Some(captured),
                (Some(pattern), Some(segment)) => match pattern.strip_prefix("{}") {
                    Some(end) => captured.push(decoded(segment.strip_suffix(end)?)?),
                    None if pattern == segment => {}
                    None => return None,
                },
                _ => return None,
            }
        }
    }

    /// Whether this is a request for it, and what was captured then.
    pub(super) fn matches(&self, asked: &Asked) -> Option<Vec<String>> {
        let is_here = asked.host == self.host && asked.method.as_str() == self.method;
        if is_here { self.captured(&asked.path) } else { None }
    }
}

/// A segment without its escapes; nothing when it is empty or no text.
fn decoded(segment: &str) -> Option<String> {
    // In a path, unlike in a form, these signs stand for themselves.
    let signs = [('+', "%2B"), ('&', "%26"), ('=', "%3D")];
    let form =
        signs.iter().fold(segment.to_owned(), |text, (sign, code)| text.replace(*sign, code));
    let (name, _) = url::form_urlencoded::parse(form.as_bytes()).next()?;
    (!name.is_empty()).then(|| name.into_owned())
}

impl Asking<'_> {
    /// What stood for the `{}` of this number, counted from zero; empty when there is none.
    pub fn captured(&self, number: usize) -> &str {
        self.captured.get(number).map_or("", String::as_str)
    }

    /// A fact, or null.
    pub fn fact(&self, name: &str) -> Value {
        self.facts.get(name)
    }

    /// Changes a fact: what is asked next sees it.
    pub fn set_fact(&self, name: &str, value: impl Into<Value>) {
        self.facts.set(name, value.into());
    }
}

impl Deref for Asking<'_> {
    type Target = Asked;

    fn deref(&self) -> &Asked {
        self.asked
    }
}

impl Facts {
    pub(super) fn get(&self, name: &str) -> Value {
        let facts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        facts.get(name).cloned().unwrap_or_default()
    }

    pub(super) fn set(&self, name: &str, value: Value) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), value);
    }
}
