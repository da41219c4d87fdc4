//! An issuer's keys, and which of them fits a token.
//!
//! In: a key set document (RFC 7517, section 5), or local keys. Out: whether a signature is good.
//! A key that cannot be used is skipped, and the others stay. Next: `jwk`, then `jwt::signature`.

use serde_json::Value;

use super::jwk;
use crate::error::AuthError;
use crate::jwt::{Algorithm, Header, VerifyingKey};

/// The most keys that one set may publish.
const MAX_KEYS: usize = 100;

/// The most keys that are tried on one token, should several carry its `kid`.
const MAX_TRIED: usize = 4;

/// Keys, ready to use.
#[derive(Debug)]
pub(crate) struct KeySet {
    keys: Vec<Key>,
    naming: Naming,
}

#[derive(Debug)]
struct Key {
    id: Option<String>,
    key: VerifyingKey,
}

/// How a token names its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// By `kid`; without one, only if a single key fits.
    ById,
    /// Not at all: the keys were given by hand, and each that fits is tried.
    Unnamed,
}

impl KeySet {
    /// Keys that were given by hand.
    pub(crate) fn local(keys: Vec<VerifyingKey>) -> Self {
        let keys = keys.into_iter().map(|key| Key { id: None, key }).collect();
        Self { keys, naming: Naming::Unnamed }
    }

    /// Reads a key set document; the error says what is wrong with it.
    pub(super) fn parse(json: &[u8], algorithms: &[Algorithm]) -> Result<Self, &'static str> {
        let document: Value =
            serde_json::from_slice(json).map_err(|_| "the key set is not JSON")?;
        let listed = document
            .get("keys")
            .and_then(Value::as_array)
            .ok_or("the key set has no list of keys")?;
        if listed.len() > MAX_KEYS {
            return Err("the key set has more keys than any real one");
        }
        let mut keys = Vec::new();
        for entry in listed.iter().filter(|entry| jwk::has_usable_id(entry)) {
            for key in jwk::verifying_keys(entry, algorithms) {
                let id = entry.get("kid").and_then(Value::as_str).map(str::to_owned);
                keys.push(Key { id, key });
            }
        }
        if keys.is_empty() {
            return Err("the key set has no key that can be used");
        }
        Ok(Self { keys, naming: Naming::ById })
    }

    /// Whether some key has this id.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.keys.iter().any(|key| key.id.as_deref() == Some(id))
    }

    /// Checks a signature with the key that the header names.
    pub(crate) fn verify(
        &self,
        header: &Header<'_>,
        algorithm: Algorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), AuthError> {
        let mut outcome = Err(AuthError::KeyNotFound);
        for key in self.candidates(header.key_id(), algorithm).take(MAX_TRIED) {
            outcome = key.verify(message, signature);
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    fn candidates<'s>(
        &'s self,
        id: Option<&'s str>,
        algorithm: Algorithm,
    ) -> impl Iterator<Item = &'s VerifyingKey> {
        let fitting = move || self.keys.iter().filter(move |key| key.key.algorithm() == algorithm);
        let is_ambiguous =
            self.naming == Naming::ById && id.is_none() && fitting().nth(1).is_some();
        let is_named = move |key: &&Key| match (self.naming, id) {
            (Naming::Unnamed, _) => true,
            (Naming::ById, None) => !is_ambiguous,
            (Naming::ById, Some(id)) => key.id.as_deref() == Some(id),
        };
        fitting().filter(is_named).map(|key| &key.key)
    }
}
