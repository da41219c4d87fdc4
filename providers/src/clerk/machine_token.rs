//! The kinds of opaque tokens that machines send, and how each is told: a token's text in, its kind
//! out. Next: `machine`.

use std::fmt;

use auth_core::Token;
use auth_core::config::{FromEnv, ValueError};

/// The most characters of an API key; Clerk documents no length.
const LONGEST: usize = 256;

/// A kind of opaque token.
///
/// ```
/// use auth_core::config::FromEnv;
/// use auth_providers::ClerkMachineToken;
///
/// let list = Vec::<ClerkMachineToken>::from_env("m2m, api-key");
/// assert_eq!(list, Ok(vec![ClerkMachineToken::M2m, ClerkMachineToken::ApiKey]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClerkMachineToken {
    /// `mt_…`: one machine of the application calls another.
    M2m,
    /// `oat_…`: an OAuth client acts for a user.
    OAuth,
    /// `ak_…`: an API key that a user, an organization or a machine made.
    ApiKey,
}

impl ClerkMachineToken {
    /// Which kind a token is, by how it begins; `None` for everything else, as for every JWT.
    pub(super) fn of(token: &Token<'_>) -> Option<Self> {
        let text = token.expose();
        let hexadecimal = |rest: &str| {
            rest.len() == 32 && rest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        let word = |rest: &str| {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
            !rest.is_empty() && rest.len() <= LONGEST && rest.bytes().all(is_plain)
        };
        if text.strip_prefix("mt_").is_some_and(hexadecimal) {
            Some(Self::M2m)
        } else if text.strip_prefix("oat_").is_some_and(hexadecimal) {
            Some(Self::OAuth)
        } else if text.strip_prefix("ak_").is_some_and(word) {
            Some(Self::ApiKey)
        } else {
            None
        }
    }

    /// What it is called in an option's text.
    pub const fn name(self) -> &'static str {
        match self {
            Self::M2m => "m2m",
            Self::OAuth => "oauth",
            Self::ApiKey => "api-key",
        }
    }
}

impl fmt::Display for ClerkMachineToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromEnv for ClerkMachineToken {
    fn from_env(text: &str) -> Result<Self, ValueError> {
        let all = [Self::M2m, Self::OAuth, Self::ApiKey];
        let named = all.into_iter().find(|kind| kind.name() == text);
        named.ok_or_else(|| ValueError::new("m2m, oauth or api-key").found(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_told_by_its_whole_form() {
        let of = |text: &str| ClerkMachineToken::of(&Token::new(text));
        let hex = "0123456789abcdef0123456789abcdef";
        assert_eq!(of(&format!("mt_{hex}")), Some(ClerkMachineToken::M2m));
        assert_eq!(of(&format!("oat_{hex}")), Some(ClerkMachineToken::OAuth));
        assert_eq!(of("ak_live_1"), Some(ClerkMachineToken::ApiKey));
        for text in [hex, "mt_", "mt_0", &format!("mt_{hex}0"), "ak_", "ak_a.b.c", "AK_1", "e.e.e"]
        {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(of(&format!("ak_{}", "a".repeat(257))), None);
    }
}
