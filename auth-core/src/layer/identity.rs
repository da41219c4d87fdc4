//! What the inner service may believe about the user: nothing that the client said.
//!
//! In: the parts of a request and the gate's user, if there is one. Out: the same parts with the
//! user in the extensions, identity headers of the client's removed, and those of the gate's set.

use std::fmt;
use std::sync::Arc;

use http::request::Parts;
use http::{Extensions, HeaderName, HeaderValue};

/// Headers that say who the user is. A client's are removed, whether there is a user or not.
pub(super) struct Identity<U>(Vec<(HeaderName, Option<Source<U>>)>);

type Source<U> = Arc<dyn Fn(&U) -> Option<String> + Send + Sync>;

impl<U> Identity<U> {
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    pub(super) fn add(&mut self, name: HeaderName, source: Option<Source<U>>) {
        self.0.push((name, source));
    }
}

impl<U: Clone + Send + Sync + 'static> Identity<U> {
    /// Forgets what the client said.
    pub(super) fn forget(&self, parts: &mut Parts) {
        parts.extensions.remove::<U>();
        for (name, _) in &self.0 {
            parts.headers.remove(name);
        }
    }

    /// Says who the user is. A value that cannot stand in a header is left out.
    pub(super) fn tell(&self, parts: &mut Parts, user: U) {
        for (name, source) in &self.0 {
            let value = source.as_ref().and_then(|source| source(&user));
            if let Some(value) = value.and_then(|text| HeaderValue::from_str(&text).ok()) {
                parts.headers.insert(name.clone(), value);
            }
        }
        let extensions: &mut Extensions = &mut parts.extensions;
        extensions.insert(user);
    }
}

impl<U> Clone for Identity<U> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<U> fmt::Debug for Identity<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
