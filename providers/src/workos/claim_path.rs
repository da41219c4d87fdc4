//! Where a claim is, for environments whose JWT template puts things elsewhere: a text in, the way
//! to a claim out. Next: `user`.

use std::fmt;

use auth_core::Claims;
use auth_core::config::{FromEnv, Kind, ValueError};
use serde_json::Value;

/// The way to a claim.
///
/// A text is the claim's name as it is, so that namespaced claims are reached
/// (`https://acme.example/user_id`). One that begins with a slash is a JSON Pointer (RFC 6901) and
/// reaches into objects: `/urn:acme:user/id`, with `~1` for a slash and `~0` for a tilde in a name.
///
/// ```
/// use auth_providers::ClaimPath;
///
/// assert_eq!(ClaimPath::parse("https://acme.example/id").unwrap().names().len(), 1);
/// let path = ClaimPath::parse("/https:~1~1acme.example~1user/id").unwrap();
/// assert_eq!(path.names(), ["https://acme.example/user", "id"]);
/// assert!(ClaimPath::parse("/user//id").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimPath(Vec<String>);

impl ClaimPath {
    /// Reads a claim's name, or a JSON Pointer.
    ///
    /// # Errors
    ///
    /// What was expected instead.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let names: Option<Vec<String>> = match text.strip_prefix('/') {
            None if text.trim().is_empty() => None,
            None => Some(vec![text.to_owned()]),
            Some(pointer) => pointer.split('/').map(unescaped).collect(),
        };
        let expected = "the name of a claim, or a JSON Pointer such as /urn:acme:user/id";
        names.map(Self).ok_or_else(|| ValueError::new(expected).found(text))
    }

    /// A claim by its name as it is.
    pub(super) fn named(name: &str) -> Self {
        Self(vec![name.to_owned()])
    }

    /// The names of the members, from the outside in.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The text that is there; `None` when there is none, or it is empty.
    pub(super) fn text<'c>(&self, claims: &'c Claims) -> Option<&'c str> {
        let (first, rest) = self.0.split_first()?;
        let inside = |value: &'c Value, name: &String| value.as_object()?.get(name);
        let value = rest.iter().try_fold(claims.get(first)?, inside)?;
        value.as_str().filter(|text| !text.is_empty())
    }
}

/// A name of a JSON Pointer; `None` when it is empty or has an escape that there is not.
fn unescaped(name: &str) -> Option<String> {
    let rest = name.replace("~0", "").replace("~1", "");
    let is_whole = !name.is_empty() && !rest.contains('~');
    is_whole.then(|| name.replace("~1", "/").replace("~0", "~"))
}

impl fmt::Display for ClaimPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" / "))
    }
}

impl FromEnv for ClaimPath {
    const KIND: Kind = Kind::Text;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for ClaimPath {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ClaimPath {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        Self::parse(&text)
    }
}
