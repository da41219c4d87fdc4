//! A request that was made: where to, what for, and what it brought.
//!
//! Where and what for can be printed. What it brought (header values, query, body) may hold
//! credentials: it can be asked for, and never prints. Next: `endpoint`, which answers it.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, HOST};
use http::request::Parts;
use http::{HeaderMap, Method};
use serde_json::Value;
use url::form_urlencoded;

/// One request that was made.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The method.
    pub method: Method,
    /// The host that was meant.
    pub host: String,
    /// The path that was meant.
    pub path: String,
    /// The names of the headers, in lower case.
    pub headers: Vec<String>,
    /// What is there.
    pub purpose: Purpose,
    brought: Brought,
}

/// What a request was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The key set.
    Keys,
    /// The issuer's description of itself.
    Description,
    /// The vendor's endpoint of this name.
    Endpoint(&'static str),
    /// Something else.
    Stray,
}

/// What may hold credentials.
#[derive(Clone)]
struct Brought {
    query: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Asked {
    /// A request as it arrived, for nothing known so far.
    pub(super) fn new(parts: &Parts, body: Bytes) -> Self {
        let (path, query) = (parts.uri.path(), parts.uri.query());
        Self::from_pieces(&parts.method, path, query, &parts.headers, body)
    }

    /// The same request as the mock server sees it.
    pub(super) fn of(request: &wiremock::Request) -> Self {
        let (path, query) = (request.url.path(), request.url.query());
        let body = Bytes::copy_from_slice(&request.body);
        Self::from_pieces(&request.method, path, query, &request.headers, body)
    }

    fn from_pieces(
        method: &Method,
        path: &str,
        query: Option<&str>,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Self {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok());
        let query = query.unwrap_or_default().to_owned();
        Self {
            host: host.unwrap_or_default().to_owned(),
            path: path.to_owned(),
            headers: headers.keys().map(|name| name.as_str().to_owned()).collect(),
            purpose: Purpose::Stray,
            method: method.clone(),
            brought: Brought { query, headers: headers.clone(), body },
        }
    }

    /// The value of a header, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.brought.headers.get(name)?.to_str().ok()
    }

    /// The token after `Authorization: Bearer`.
    pub fn bearer(&self) -> Option<&str> {
        self.header(AUTHORIZATION.as_str())?.strip_prefix("Bearer ")
    }

    /// User and password of `Authorization: Basic` (RFC 7617).
    pub fn basic(&self) -> Option<(String, String)> {
        let encoded = self.header(AUTHORIZATION.as_str())?.strip_prefix("Basic ")?;
        let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
        text.split_once(':').map(|(user, password)| (user.to_owned(), password.to_owned()))
    }

    /// The first value of a name in the query.
    pub fn query(&self, name: &str) -> Option<String> {
        self.query_pairs().into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The query's names and values, decoded.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.brought.query.as_bytes()).into_owned().collect()
    }

    /// The first value of a name in a body that is a form.
    pub fn form(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(&self.brought.body);
        pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }

    /// The body as JSON; null if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.brought.body).unwrap_or_default()
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        &self.brought.body
    }

    /// Whether this text, say an API key, came with it: in a header, behind `Basic`, in the path,
    /// the query or the body, escaped or not.
    pub fn holds(&self, text: &str) -> bool {
        let escaped: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let within = |bytes: &[u8]| {
            let bytes = String::from_utf8_lossy(bytes);
            bytes.contains(text) || bytes.contains(&escaped)
        };
        let basic = self.basic().map(|(user, password)| format!("{user}:{password}"));
        self.brought.headers.values().any(|value| within(value.as_bytes()))
            || basic.is_some_and(|pair| within(pair.as_bytes()))
            || within(self.path.as_bytes())
            || within(self.brought.query.as_bytes())
            || within(&self.brought.body)
    }
}

impl fmt::Debug for Brought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
