//! The text of a variable in, a typed value out, or what was expected instead. Next: `domain`.

use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use super::Kind;

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

    /// Reads the value. `text` is not blank and has no surrounding white space.
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
}

impl ValueError {
    /// `expected` completes the sentence "expected ..". Nothing of the value is kept.
    pub fn new(expected: impl Into<Cow<'static, str>>) -> Self {
        Self { expected: expected.into(), found: None }
    }

    /// The same, quoting what was found. Never for a secret.
    pub fn found(mut self, text: &str) -> Self {
        self.found = Some(text.chars().take(80).collect());
        self
    }

    /// The same without the value: what a secret's error may say.
    pub(crate) fn without_value(mut self) -> Self {
        self.found = None;
        self
    }

    /// What was expected, such as `true or false`.
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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

/// `30s`, `5m`, `1h` or `250ms`; a number without a unit is refused, since nobody can tell which.
impl FromEnv for Duration {
    const KIND: Kind = Kind::Duration;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        let error = || ValueError::new("a duration such as 30s, 5m or 1h").found(text);
        let split = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(error)?;
        let (digits, unit) = text.split_at(split);
        let amount: u64 = digits.parse().map_err(|_| error())?;
        match unit {
            "ms" => Some(Self::from_millis(amount)),
            "s" => Some(Self::from_secs(amount)),
            "m" => amount.checked_mul(60).map(Self::from_secs),
            "h" => amount.checked_mul(3600).map(Self::from_secs),
            _ => None,
        }
        .ok_or_else(error)
    }
}

/// Separated by commas; white space around an entry is dropped, and an empty entry refused.
impl FromEnv for Vec<String> {
    const KIND: Kind = Kind::List;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        let entries: Self = text.split(',').map(|entry| entry.trim().to_owned()).collect();
        if entries.iter().any(String::is_empty) {
            return Err(ValueError::new("texts separated by single commas").found(text));
        }
        Ok(entries)
    }
}

impl FromEnv for Url {
    const KIND: Kind = Kind::Url;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::parse(text).map_err(|_| {
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

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl FromEnv for $number {
            const KIND: Kind = Kind::Number;

            fn from_env(text: &str) -> Result<Self, ValueError> {
                text.parse().map_err(|_| {
                    let (least, most) = (<$number>::MIN, <$number>::MAX);
                    ValueError::new(format!("a whole number from {least} to {most}")).found(text)
                })
            }
        }
    )*};
}

numbers!(u8 u16 u32 u64 usize i32 i64);
