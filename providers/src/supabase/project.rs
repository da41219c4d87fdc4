//! A project's address: text in, [`ProjectUrl`] out. Next: `server`.

use std::fmt;

use auth_core::config::{Domain, FromEnv, Kind, ValueError};

/// Where a project is, such as `https://abcdefghijklmnopqrst.supabase.co`, without a slash at the
/// end. Plain HTTP for `localhost` and `127.0.0.1` alone, where the command line tool puts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectUrl(String);

const EXPECTED: &str =
    "the project's URL, such as https://abcdefghijklmnopqrst.supabase.co, without a path behind it";

impl ProjectUrl {
    /// Reads the address. A slash at the end is dropped.
    ///
    /// # Errors
    ///
    /// What was expected instead.
    ///
    /// ```
    /// use auth_providers::ProjectUrl;
    ///
    /// assert!(ProjectUrl::parse("https://abc.supabase.co/").is_ok());
    /// assert!(ProjectUrl::parse("http://127.0.0.1:54321").is_ok());
    /// assert!(ProjectUrl::parse("https://abc.supabase.co/auth/v1").is_err());
    /// assert!(ProjectUrl::parse("http://abc.supabase.co").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let base = text.strip_suffix('/').unwrap_or(text);
        let (scheme, rest) = base.split_once("://").unwrap_or_default();
        let (host, port) = rest.split_once(':').unwrap_or((rest, "443"));
        let is_local = host == "localhost" || host == "127.0.0.1";
        let is_secure = scheme == "https" || (scheme == "http" && is_local);
        if is_secure && Domain::parse(host).is_ok() && port.parse::<u16>().is_ok() {
            Ok(Self(format!("{scheme}://{}", rest.to_ascii_lowercase())))
        } else {
            Err(ValueError::new(EXPECTED).found(text))
        }
    }

    /// The address without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The `iss` of its tokens.
    pub(super) fn issuer(&self) -> String {
        format!("{}/auth/v1", self.0)
    }

    /// Where its keys are.
    pub(super) fn keys(&self) -> String {
        format!("{}/auth/v1/.well-known/jwks.json", self.0)
    }
}

impl fmt::Display for ProjectUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromEnv for ProjectUrl {
    const KIND: Kind = Kind::Url;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for ProjectUrl {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ProjectUrl {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        Self::parse(&text)
    }
}
