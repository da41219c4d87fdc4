//! One answer of the issuer in; a good token's claims, a bad token, or nothing out (RFC 7662,
//! section 2.2).
//!
//! Only `true` is yes: the text "true", 1, or nothing at all is no answer. Next: `rules`.

use std::time::Duration;

use serde_json::Value;

use crate::jwt::Claims;

/// What the issuer says of a token.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// It is good now, and this is known of it.
    Active(Claims),
    /// It is not: unknown, expired, revoked, or not for us to know.
    Inactive,
}

impl Answer {
    /// Reads one JSON object with each member once; `None` when it is anything else.
    pub(super) fn parse(json: &[u8]) -> Option<Self> {
        let claims = Claims::parse(json).ok()?;
        match claims.get("active")? {
            Value::Bool(true) => Some(Self::Active(claims)),
            Value::Bool(false) => Some(Self::Inactive),
            _ => None,
        }
    }

    /// When the token expires, since 1970, if the issuer says so.
    pub(super) fn expires_at(&self) -> Option<Duration> {
        match self {
            Self::Active(claims) => claims.expires_at(),
            Self::Inactive => None,
        }
    }
}
