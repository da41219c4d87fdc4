//! Keys, and which of them fits a token.
//!
//! In: an issuer's keys, or those that were given by hand. Out: whether a signature is good. Next:
//! `jwt::signature`.

use std::sync::Arc;
use std::time::Duration;

use crate::error::AuthError;
use crate::jwt::{Algorithm, Header, Validity, VerifyingKey};

/// The most keys that are tried on one token, should several carry its `kid`.
pub(crate) const MAX_TRIED: usize = 4;

/// Keys, ready to use.
#[derive(Debug)]
pub(crate) struct KeySet {
    keys: Vec<Key>,
    naming: Naming,
}

/// One key for one algorithm.
#[derive(Debug)]
pub(crate) struct Key {
    id: Option<String>,
    verifying: VerifyingKey,
    validity: Option<Validity>,
    issuer: Option<Arc<str>>,
}

/// How a token names its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// By `kid`; without one, only if a single key fits.
    ById,
    /// Not at all: no key has an id, or ids are not looked at, and each that fits is tried.
    Unnamed,
}

impl Key {
    pub(crate) const fn new(
        id: Option<String>,
        verifying: VerifyingKey,
        validity: Option<Validity>,
    ) -> Self {
        Self { id, verifying, validity, issuer: None }
    }

    /// The same key, which says whose tokens it signs.
    pub(super) fn of_issuer(self, issuer: Option<Arc<str>>) -> Self {
        Self { issuer, ..self }
    }

    pub(crate) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    pub(crate) const fn algorithm(&self) -> Algorithm {
        self.verifying.algorithm()
    }

    /// Whether its certificate, if it came in one, holds at a time since 1970.
    pub(crate) fn is_valid_at(&self, now: Duration) -> bool {
        self.validity.is_none_or(|validity| validity.contains(now))
    }
}

impl KeySet {
    /// Keys that are published together: tokens name them if any has a name.
    pub(crate) fn published(keys: Vec<Key>) -> Self {
        let is_named = keys.iter().any(|key| key.id().is_some());
        Self { keys, naming: if is_named { Naming::ById } else { Naming::Unnamed } }
    }

    /// How many keys there are; one that fits several algorithms counts once for each.
    pub(crate) const fn count(&self) -> usize {
        self.keys.len()
    }

    /// How many of them have an id.
    pub(super) fn named(&self) -> usize {
        self.keys.iter().filter(|key| key.id().is_some()).count()
    }

    /// Whether some key has this id.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.keys.iter().any(|key| key.id() == Some(id))
    }

    /// Checks a signature with the key that the header names, at a time since 1970; says whose
    /// tokens that key signs, if the key does.
    pub(crate) fn verify(
        &self,
        header: &Header<'_>,
        algorithm: Algorithm,
        now: Duration,
        message: &[u8],
        signature: &[u8],
    ) -> Result<Option<Arc<str>>, AuthError> {
        let mut outcome = Err(AuthError::KeyNotFound);
        for key in self.candidates(header.key_id(), algorithm).take(MAX_TRIED) {
            if !key.is_valid_at(now) {
                outcome = match outcome {
                    Err(AuthError::KeyNotFound) => Err(AuthError::CertificateNotValid),
                    tried => tried,
                };
                continue;
            }
            outcome = key.verifying.verify(message, signature).map(|()| key.issuer.clone());
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
    ) -> impl Iterator<Item = &'s Key> {
        let fitting = move || self.keys.iter().filter(move |key| key.algorithm() == algorithm);
        let is_ambiguous =
            self.naming == Naming::ById && id.is_none() && fitting().nth(1).is_some();
        let is_named = move |key: &&Key| match (self.naming, id) {
            (Naming::Unnamed, _) => true,
            (Naming::ById, None) => !is_ambiguous,
            (Naming::ById, Some(id)) => key.id() == Some(id),
        };
        fitting().filter(is_named)
    }
}
