//! A document of an issuer in, its [`KeySet`] out: the two forms in which keys are published.
//!
//! A key that cannot be used is skipped, and the others stay. Next: `jwk`, or
//! `jwt::keys::certificate_map`.

use std::sync::Arc;

use serde_json::Value;

use super::jwk::{Unusable, read_jwk};
use super::set::{Key, KeySet};
use crate::jwt::{Algorithm, PublicKey, Validity, certificate_entries};

/// The most keys that one document may publish.
const MAX_KEYS: usize = 100;

/// How an issuer publishes its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyFormat {
    /// A JSON Web Key Set (RFC 7517, section 5).
    JwkSet,
    /// A JSON object of key ids and X.509 certificates as PEM.
    CertificateMap,
}

impl KeyFormat {
    /// What to ask for.
    pub(super) const fn accept(self) -> &'static str {
        match self {
            Self::JwkSet => "application/jwk-set+json, application/json",
            Self::CertificateMap => "application/json",
        }
    }

    /// The keys that serve some of the algorithms; the error says what is wrong with the document.
    pub(super) fn parse(
        self,
        json: &[u8],
        algorithms: &[Algorithm],
    ) -> Result<KeySet, &'static str> {
        let keys = match self {
            Self::JwkSet => jwk_set(json, algorithms)?,
            Self::CertificateMap => certificate_map(json, algorithms)?,
        };
        if keys.is_empty() {
            return Err("the key set has no key that can be used");
        }
        Ok(KeySet::published(keys))
    }
}

/// The keys of a key set document, none of them read yet.
pub(crate) fn listed_keys(json: &[u8]) -> Result<Vec<Value>, &'static str> {
    let mut document: Value =
        serde_json::from_slice(json).map_err(|_| "the key set is not JSON")?;
    match document.get_mut("keys").map(Value::take) {
        Some(Value::Array(listed)) if listed.len() <= MAX_KEYS => Ok(listed),
        Some(Value::Array(_)) => Err("the key set has more keys than any real one"),
        _ => Err("the key set has no list of keys"),
    }
}

fn jwk_set(json: &[u8], algorithms: &[Algorithm]) -> Result<Vec<Key>, &'static str> {
    let mut keys = Vec::new();
    for (index, jwk) in listed_keys(json)?.iter().enumerate() {
        match read_jwk(jwk) {
            Ok(jwk) => {
                let only = jwk.algorithm;
                let allowed = algorithms.iter().filter(|own| only.is_none_or(|only| only == **own));
                let issuer: Option<Arc<str>> = jwk.issuer.map(Arc::from);
                let fitting = fitting(&jwk.key, jwk.id.as_ref(), None, allowed);
                keys.extend(fitting.into_iter().map(|key| key.of_issuer(issuer.clone())));
            }
            Err(leaked @ (Unusable::Private | Unusable::Secret)) => {
                tracing::warn!(target: "auth", index, problem = %leaked, "a published key is refused");
            }
            Err(unusable) => {
                tracing::debug!(target: "auth", index, problem = %unusable, "a key is skipped");
            }
        }
    }
    Ok(keys)
}

fn certificate_map(json: &[u8], algorithms: &[Algorithm]) -> Result<Vec<Key>, &'static str> {
    let entries = certificate_entries(json)?;
    if entries.len() > MAX_KEYS {
        return Err("the certificate map has more keys than any real one");
    }
    let mut keys = Vec::new();
    for (index, (id, read)) in entries.into_iter().enumerate() {
        match read {
            Ok((key, dates)) => keys.extend(fitting(&key, Some(&id), dates, algorithms.iter())),
            Err(problem) => {
                tracing::debug!(target: "auth", index, problem, "a certificate is skipped");
            }
        }
    }
    Ok(keys)
}

/// The key for each of these algorithms that it serves.
fn fitting<'a>(
    key: &PublicKey,
    id: Option<&String>,
    dates: Option<Validity>,
    algorithms: impl Iterator<Item = &'a Algorithm>,
) -> Vec<Key> {
    let keys = algorithms.filter_map(|algorithm| key.for_algorithm(*algorithm));
    keys.map(|key| Key::new(id.cloned(), key, dates)).collect()
}
