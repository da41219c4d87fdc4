//! Where keys come from, and whether the algorithms fit them: choices in, keys out.
//!
//! Read once, when a server starts, from `builder`.

use std::sync::Arc;

use super::algorithm::Algorithm;
use super::pem;
use super::signature::VerifyingKey;
use super::verifier::{KeySource, Keys};
use crate::config::{Environment, HmacSecret};
use crate::jwks::{KeySet, RemoteKeys};

/// Keys in the making.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Remote(String),
    Hmac(HmacSecret),
    Pem(String),
}

impl Source {
    /// The keys, and the algorithms that are accepted with them.
    pub(super) fn open(
        &self,
        algorithms: Option<&[Algorithm]>,
        environment: &Environment,
    ) -> Result<(Keys, Vec<Algorithm>), String> {
        if algorithms.is_some_and(<[_]>::is_empty) {
            return Err("the list of algorithms is empty: no token could pass".to_owned());
        }
        match self {
            Self::Remote(url) => {
                let algorithms = asymmetric(algorithms.unwrap_or(&[Algorithm::RS256]))?;
                let keys = RemoteKeys::new(url, algorithms.to_vec(), environment)?;
                Ok((Keys::Remote(keys), algorithms.to_vec()))
            }
            Self::Hmac(secret) => {
                let algorithms = symmetric(algorithms.unwrap_or(&[Algorithm::HS256]))?;
                Ok(local(hmac_keys(secret, algorithms)?, KeySource::SharedSecret))
            }
            Self::Pem(text) => {
                let algorithms = algorithms.map(asymmetric).transpose()?;
                Ok(local(pem::parse(text, algorithms)?, KeySource::PublicKey))
            }
        }
    }
}

/// A list that mixes secrets and public keys would let a public key be used as a secret (RFC 8725,
/// section 2.1).
fn asymmetric(algorithms: &[Algorithm]) -> Result<&[Algorithm], String> {
    match algorithms.iter().find(|algorithm| algorithm.is_symmetric()) {
        None => Ok(algorithms),
        Some(stranger) => Err(format!(
            "the algorithm {stranger} needs a shared secret, and the keys are public: remove it"
        )),
    }
}

fn symmetric(algorithms: &[Algorithm]) -> Result<&[Algorithm], String> {
    match algorithms.iter().find(|algorithm| !algorithm.is_symmetric()) {
        None => Ok(algorithms),
        Some(stranger) => Err(format!(
            "the algorithm {stranger} needs public keys, and the key is a shared secret: remove it"
        )),
    }
}

fn local(keys: Vec<VerifyingKey>, source: KeySource<'static>) -> (Keys, Vec<Algorithm>) {
    let mut algorithms: Vec<_> = keys.iter().map(VerifyingKey::algorithm).collect();
    algorithms.dedup();
    (Keys::Local(Arc::new(KeySet::local(keys)), source), algorithms)
}

fn hmac_keys(secret: &HmacSecret, algorithms: &[Algorithm]) -> Result<Vec<VerifyingKey>, String> {
    let mut keys = Vec::new();
    for algorithm in algorithms {
        let needed = match algorithm {
            Algorithm::HS384 => 48,
            Algorithm::HS512 => 64,
            _ => HmacSecret::MIN_BYTES,
        };
        if secret.bytes().len() < needed {
            return Err(format!("{algorithm} needs a secret of at least {needed} bytes"));
        }
        keys.extend(VerifyingKey::hmac(*algorithm, secret.bytes()));
    }
    Ok(keys)
}
