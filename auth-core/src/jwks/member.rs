//! Which address a discovery document is read for. Next: `discovery`.

use super::address::Flaw;
use super::fetch::FetchError;

/// A member of the document that is an address (OpenID Connect Discovery 1.0, section 3; RFC 8414,
/// section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    /// The issuer's key set.
    KeySet,
    /// Where the issuer is asked about a token.
    Introspection,
}

impl Member {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::KeySet => "jwks_uri",
            Self::Introspection => "introspection_endpoint",
        }
    }

    /// What is wrong with the document if the member is not there.
    pub(super) fn missing(self) -> FetchError {
        format!("the discovery document has no {}", self.name()).into()
    }

    /// What is wrong with the document if the member's value cannot be asked.
    pub(super) fn flawed(self, flaw: Flaw) -> FetchError {
        let flaw = match flaw {
            Flaw::NoUrl => "is no URL",
            Flaw::NotSecure => "does not begin with https://",
            Flaw::Userinfo => "holds a user name or password",
        };
        format!("the discovery document's {} {flaw}", self.name()).into()
    }

    /// What is wrong with the document if the member's value is an address of ours.
    pub(super) fn internal(self) -> FetchError {
        format!("the discovery document's {} leads into a network of ours", self.name()).into()
    }
}
