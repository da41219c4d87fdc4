//! The publishable key: what a dashboard shows in, the host of the instance's frontend API out.
//!
//! It is `pk_test_` or `pk_live_` and the base64 of the host and a dollar sign. Next: `frontend`.

use auth_core::Domain;
use auth_core::config::{FromEnv, ValueError};
use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// With or without padding: the dashboard leaves it out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

const EXPECTED: &str = "a publishable key such as pk_test_ZXhhbXBsZS5jbGVyay5hY2NvdW50cy5kZXYk \
                        (not shown: is it the secret key?)";

/// A Clerk publishable key. It is public: a browser gets it.
///
/// ```
/// use auth_providers::ClerkPublishableKey;
///
/// let key = ClerkPublishableKey::parse("pk_test_ZXhhbXBsZS5jbGVyay5hY2NvdW50cy5kZXYk").unwrap();
/// assert_eq!(key.host().as_str(), "example.clerk.accounts.dev");
/// assert!(ClerkPublishableKey::parse("sk_test_1").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClerkPublishableKey {
    host: Domain,
    stage: Stage,
}

/// Which of an application's instances it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Development,
    Production,
}

impl Stage {
    /// What its keys say after `pk_` and `sk_`.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Development => "test",
            Self::Production => "live",
        }
    }
}

impl ClerkPublishableKey {
    /// Reads a key: exactly three parts, the last one a host name and one dollar sign in base64.
    ///
    /// # Errors
    ///
    /// What was expected instead; never the text, which may be the secret key.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        Self::read(text).ok_or_else(|| ValueError::new(EXPECTED))
    }

    fn read(text: &str) -> Option<Self> {
        let parts: Vec<_> = text.split('_').collect();
        let (stage, encoded) = match parts[..] {
            ["pk", "test", encoded] => (Stage::Development, encoded),
            ["pk", "live", encoded] => (Stage::Production, encoded),
            _ => return None,
        };
        let decoded = String::from_utf8(BASE64.decode(encoded).ok()?).ok()?;
        let host = decoded.strip_suffix('$').filter(|host| host.contains('.'))?;
        // A domain holds no dollar sign, so there is a single one.
        Some(Self { host: Domain::parse(host).ok()?, stage })
    }

    /// The host of the instance's frontend API, which is the issuer of its tokens.
    pub const fn host(&self) -> &Domain {
        &self.host
    }

    pub(super) const fn stage(&self) -> Stage {
        self.stage
    }
}

impl FromEnv for ClerkPublishableKey {
    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for ClerkPublishableKey {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ClerkPublishableKey {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(decoded: &str) -> String {
        format!("pk_live_{}", BASE64.encode(decoded))
    }

    #[test]
    fn reads_host_and_stage_with_and_without_padding() {
        for text in [key("clerk.acme.example$"), key("clerk.acme.example$").replace('=', "")] {
            let read = ClerkPublishableKey::parse(&text).unwrap();
            assert_eq!(read.host().as_str(), "clerk.acme.example");
            assert_eq!(read.stage(), Stage::Production);
        }
    }

    #[test]
    fn refuses_whatever_is_not_of_exactly_that_form() {
        let good = key("clerk.acme.example$");
        let encoded = good.strip_prefix("pk_live_").unwrap();
        let forms = [
            format!("pk_live_{encoded}_"),
            format!("pk_live__{encoded}"),
            format!("pk_{encoded}"),
            format!("pk_prod_{encoded}"),
            format!("sk_live_{encoded}"),
            format!("PK_live_{encoded}"),
            format!("pk_live_{encoded}!"),
        ];
        let hosts = ["clerk.acme.example", "$", "localhost$", "a.b$$", "a$b.c$", "a.b/$", "a@b.c$"];
        for text in forms.into_iter().chain(hosts.map(key)) {
            assert!(ClerkPublishableKey::parse(&text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_error_never_shows_the_text() {
        let error = ClerkPublishableKey::parse("sk_live_very_secret").unwrap_err();
        assert!(!error.to_string().contains("secret_"), "{error}");
        assert!(!error.to_string().contains("very"), "{error}");
    }
}
