//! The way to a claim, as an operator writes it: text in, the names of members out. Next:
//! `vocabulary`.

use std::fmt;

use serde_json::Value;

use super::claims::Claims;
use crate::config::{FromEnv, Kind, ValueError};

/// The way to a claim: a name, or a JSON pointer (RFC 6901) to a member within one.
///
/// A text that begins with a slash is a pointer; any other is one name, with whatever dots and
/// slashes it has.
///
/// ```
/// use auth_core::jwt::{ClaimPath, Vocabulary};
///
/// let path = ClaimPath::parse("/realm_access/roles")?;
/// assert_eq!(path.names(), ["realm_access", "roles"]);
/// assert_eq!(ClaimPath::parse("https://acme.example/roles")?.names().len(), 1);
/// assert_ne!(Vocabulary::new().roles(&path), Vocabulary::new());
/// # Ok::<_, auth_core::config::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimPath(Vec<String>);

impl ClaimPath {
    /// Reads a name or a pointer.
    ///
    /// # Errors
    ///
    /// What was expected instead.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let names = match text.strip_prefix('/') {
            Some(pointer) => pointer.split('/').map(unescaped).collect(),
            None => Some(vec![text.to_owned()]),
        };
        let names = names.filter(|names| names.iter().all(|name| !name.trim().is_empty()));
        names.map(Self).ok_or_else(|| {
            ValueError::new("a claim's name, or a JSON pointer such as /realm_access/roles")
                .found(text)
        })
    }

    /// A claim by its name, taken as it is.
    pub fn name(name: impl Into<String>) -> Self {
        Self(vec![name.into()])
    }

    /// The names, from the outside in; at least one.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The text that is there; `None` when there is none, or it is empty.
    ///
    /// ```
    /// use auth_core::Claims;
    /// use auth_core::jwt::ClaimPath;
    ///
    /// let members = serde_json::json!({"urn:acme:user": {"id": "7"}, "name": ""});
    /// let claims = Claims::vouched_for(members.as_object().cloned().unwrap());
    /// assert_eq!(ClaimPath::parse("/urn:acme:user/id")?.text(&claims), Some("7"));
    /// assert_eq!(ClaimPath::name("name").text(&claims), None);
    /// # Ok::<_, auth_core::config::ValueError>(())
    /// ```
    pub fn text<'c>(&self, claims: &'c Claims) -> Option<&'c str> {
        let (first, rest) = self.0.split_first()?;
        let inside = |value: &'c Value, name: &String| value.as_object()?.get(name);
        let value = rest.iter().try_fold(claims.get(first)?, inside)?;
        value.as_str().filter(|text| !text.is_empty())
    }

    /// The names, one by one.
    pub fn iter(&self) -> std::slice::Iter<'_, String> {
        self.0.iter()
    }
}

/// `~1` is a slash and `~0` a tilde; no other escape exists.
fn unescaped(name: &str) -> Option<String> {
    let is_sound = name.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    is_sound.then(|| name.replace("~1", "/").replace("~0", "~"))
}

impl<'p> IntoIterator for &'p ClaimPath {
    type Item = &'p String;
    type IntoIter = std::slice::Iter<'p, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
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

impl fmt::Display for ClaimPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" / "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_escapes_of_a_pointer_and_no_others() {
        assert_eq!(ClaimPath::parse("/a~1b/c~0d/~01").unwrap().names(), ["a/b", "c~d", "~1"]);
        for wrong in ["", "/", " ", "/a//b", "/a/", "/a~2b", "/a~"] {
            let error = ClaimPath::parse(wrong).unwrap_err();
            assert!(error.expected().starts_with("a claim's name"), "{wrong:?}");
        }
    }
}
