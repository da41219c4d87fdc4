//! The text of a variable in, a typed value out, or what was expected instead. Next: `number`,
//! `duration`, `list` and `domain`.

use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;

use url::Url;

use super::Kind;
use super::shown::shown;

/// A type that can be read from the text of an environment variable.
///
/// ```
/// use auth_core::config::FromEnv;
/// use std::time::Duration;
///
/// assert_eq!(bool::from_env("yes"), Ok(true));
/// assert_eq!(Duration::from_env("5m"), Ok(Duration::from_secs(300)));
/// let error = bool::from_env("maybe").unwrap_err();
/// assert_eq!(error.to_string(), "expected true or false, found \"maybe\"");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an environment variable",
    label = "not readable from text",
    note = "use a type that implements `FromEnv`, implement it for `{Self}`, or name a parser: \
            `#[auth(parse = path::to::function)]`"
)]
pub trait FromEnv: Sized {
    /// What the text looks like.
    const KIND: Kind = Kind::Other;
    /// Whether the value must never be printed.
    const SECRET: bool = false;

    /// Reads the value. `text` is not blank. Unless it is a secret's, which may come from a file, it
    /// has no surrounding white space.
    ///
    /// # Errors
    ///
    /// What was expected instead.
    fn from_env(text: &str) -> Result<Self, ValueError>;
}

/// A value that is not what an option expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError {
    expected: Cow<'static, str>,
    found: Option<String>,
    /// Of a list, the entries that are wrong, each with its place.
    entries: Vec<(usize, ValueError)>,
}

impl ValueError {
    /// `expected` completes the sentence "expected ..". Nothing of the value is kept.
    pub fn new(expected: impl Into<Cow<'static, str>>) -> Self {
        Self { expected: expected.into(), found: None, entries: Vec::new() }
    }

    /// The same, quoting what was found, cut at 80 characters and without a URL's password. Never
    /// for a secret.
    pub fn found(mut self, text: &str) -> Self {
        self.found = Some(shown(text));
        self
    }

    /// The same without the value: what a secret's error may say.
    pub(crate) fn without_value(mut self) -> Self {
        self.found = None;
        let entries = self.entries.into_iter();
        self.entries = entries.map(|(place, error)| (place, error.without_value())).collect();
        self
    }

    /// A list in which these entries are wrong, counted from 1.
    pub(super) fn in_entries(entries: Vec<(usize, Self)>) -> Self {
        Self { entries, ..Self::new("a list in which every entry is right") }
    }

    /// What was expected, such as `true or false`.
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(((place, error), more)) = self.entries.split_first() {
            write!(f, "entry {place}: {error}")?;
            return more
                .iter()
                .try_for_each(|(place, error)| write!(f, "; entry {place}: {error}"));
        }
        write!(f, "expected {}", self.expected)?;
        self.found.as_ref().map_or(Ok(()), |found| write!(f, ", found {found:?}"))
    }
}

impl std::error::Error for ValueError {}

impl FromEnv for String {
    const KIND: Kind = Kind::Text;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Ok(text.to_owned())
    }
}

impl FromEnv for bool {
    const KIND: Kind = Kind::Boolean;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(true),
            "false" | "0" | "no" | "off" => Ok(false),
            _ => Err(ValueError::new("true or false").found(text)),
        }
    }
}

/// `localhost:8080` is refused: its scheme would be `localhost`.
impl FromEnv for Url {
    const KIND: Kind = Kind::Url;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::parse(text).ok().filter(|url| !url.cannot_be_a_base()).ok_or_else(|| {
            ValueError::new("an absolute URL such as https://auth.example.com/").found(text)
        })
    }
}

impl FromEnv for PathBuf {
    const KIND: Kind = Kind::Path;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Ok(Self::from(text))
    }
}
