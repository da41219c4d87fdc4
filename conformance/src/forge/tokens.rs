//! What a good token is for one subject, and the keys to make it with. Next: `draft`.

use auth_core::Algorithm;
use serde_json::{Map, Value, json};

use super::draft::Draft;
use super::keys::KeyRing;

/// The subject of good tokens, unless the vendor's look otherwise.
pub const SUBJECT: &str = "user-1";

/// Makes tokens for one subject.
#[derive(Debug, Clone)]
pub struct Forge {
    /// `iss` of a good token, where the subject compares it.
    pub issuer: Option<String>,
    /// `aud` of a good token, where the subject compares it.
    pub audience: Option<String>,
    /// `alg` of a good token.
    pub algorithm: Algorithm,
    /// The keys of the issuer and of strangers.
    pub keys: KeyRing,
    /// The key set that the issuer publishes at first.
    pub published: Vec<Value>,
    /// The time, in seconds since 1970.
    pub now: u64,
    /// How far clocks may disagree, in seconds.
    pub leeway: u64,
    /// `sub` of a good token.
    pub subject: String,
    /// Header members that the vendor's tokens have besides.
    pub header: Map<String, Value>,
    /// Claims that the vendor's tokens have besides.
    pub dialect: Map<String, Value>,
    /// Those that a good token cannot do without.
    pub required: Vec<String>,
}

impl Forge {
    /// A good token, not signed yet.
    pub fn good(&self) -> Draft {
        let mut draft = Draft::new(self.algorithm, &self.keys.current);
        draft.header.extend(self.header.clone());
        draft.claims.clone_from(&self.dialect);
        for (name, value) in
            [("sub", json!(self.subject)), ("iat", json!(self.now)), ("exp", json!(self.now + 300))]
        {
            draft.claims.insert(name.to_owned(), value);
        }
        for (name, value) in [("iss", &self.issuer), ("aud", &self.audience)] {
            if let Some(value) = value {
                draft.claims.insert(name.to_owned(), json!(value));
            }
        }
        draft
    }

    /// A good token, signed.
    pub fn good_token(&self) -> String {
        self.good().sign()
    }

    /// A time that many seconds from now, before 1970 never.
    pub fn at(&self, offset: i64) -> Value {
        json!(self.now.saturating_add_signed(offset))
    }

    /// `leeway` seconds, signed.
    pub const fn tolerance(&self) -> i64 {
        self.leeway.cast_signed()
    }
}
