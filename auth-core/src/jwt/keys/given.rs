//! Keys that were given by hand, in whichever form, in; a key set out, or all that is wrong.
//!
//! What can be a mistake is one: these keys are the operator's own, and whoever starts the server
//! can mend them. That is unlike a key set that an issuer publishes, where what cannot be used is
//! skipped. Next: the form's own file, then `assemble`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use zeroize::Zeroizing;

use super::assemble::{Assembled, Candidate, Idle, assemble};
use super::certificate_map;
use super::encoded::{self, Dated};
use super::secrets;
use crate::config::{HmacSecret, read_text};
use crate::jwks::{Key, KeySet, Unusable, listed_keys, read_jwk};
use crate::jwt::Algorithm;

/// The most bytes a file of keys may have: as many as a remote one.
const MAX_FILE_BYTES: usize = 256 * 1024;

/// Keys that were given by hand.
#[derive(Clone)]
pub(in crate::jwt) enum Given {
    Secrets(Vec<HmacSecret>),
    Pem(String),
    Der(Vec<u8>),
    Certificates(Vec<(String, String)>),
    CertificateMap(String),
    JwkSet(String),
    JwkSetFile(PathBuf),
}

/// What is found in a form: keys, and what is wrong with others.
type Found = Vec<Result<Candidate, String>>;

impl Given {
    /// The keys, and the algorithms that they serve, at a time since 1970.
    pub(in crate::jwt) fn open(
        &self,
        algorithms: Option<&[Algorithm]>,
        now: Duration,
    ) -> Result<(KeySet, Vec<Algorithm>), Vec<String>> {
        let found = match self {
            Self::Secrets(secrets) => {
                let algorithms = algorithms.unwrap_or(&[Algorithm::HS256]);
                let keys = secrets::keys(secrets, algorithms)?;
                let keys = keys.into_iter().map(|key| Key::new(None, key, None)).collect();
                return Ok((KeySet::published(keys), algorithms.to_vec()));
            }
            Self::Pem(text) => pem(text),
            Self::Der(bytes) => Ok(vec![candidate(String::new(), None, encoded::read_der(bytes))]),
            Self::Certificates(pairs) => certificates(pairs),
            Self::CertificateMap(json) => certificate_map(json),
            Self::JwkSet(json) => jwk_set(json),
            Self::JwkSetFile(path) => file(path).and_then(|json| jwk_set(&json)),
        };
        let (keys, algorithms) = all(found, algorithms, now)?;
        Ok((KeySet::published(keys), algorithms))
    }

    pub(in crate::jwt) const fn is_secret(&self) -> bool {
        matches!(self, Self::Secrets(_))
    }
}

/// The text of a key set's file.
fn file(path: &Path) -> Result<Zeroizing<String>, String> {
    let named = |reason| format!("the file `{}` {reason}", path.display());
    read_text(path, MAX_FILE_BYTES).map_err(named)
}

/// What was found, if nothing is wrong with any of it.
fn all(
    found: Result<Found, String>,
    algorithms: Option<&[Algorithm]>,
    now: Duration,
) -> Result<Assembled, Vec<String>> {
    let (mut candidates, mut problems) = (Vec::new(), Vec::new());
    for found in found.map_err(|problem| vec![problem])? {
        match found {
            Ok(candidate) => candidates.push(candidate),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { assemble(&candidates, algorithms, now) } else { Err(problems) }
}

fn pem(text: &str) -> Result<Found, String> {
    let blocks = encoded::blocks(text)?;
    let name = |index| match blocks.len() {
        1 => String::new(),
        _ => format!("PEM block {}: ", index + 1),
    };
    let read = |(index, block)| candidate(name(index), None, encoded::read(block));
    Ok(blocks.iter().enumerate().map(read).collect())
}

fn certificates(pairs: &[(String, String)]) -> Result<Found, String> {
    if pairs.is_empty() {
        return Err("no certificate is given: no token could pass".to_owned());
    }
    let read = |(index, (id, text)): (usize, &(String, String))| {
        let name = format!("certificate {}: ", index + 1);
        if pairs[..index].iter().any(|(other, _)| other == id) {
            return Err(format!("{name}its key id is the same as one before it"));
        }
        candidate(name, Some(id), certificate_map::entry(id, text))
    };
    Ok(pairs.iter().enumerate().map(read).collect())
}

fn certificate_map(json: &str) -> Result<Found, String> {
    let entries = certificate_map::entries(json.as_bytes())?;
    if entries.is_empty() {
        return Err("the certificate map is empty: no token could pass".to_owned());
    }
    let name = |id: &str| format!("the certificate `{}`: ", id.escape_debug());
    Ok(entries.into_iter().map(|(id, key)| candidate(name(&id), Some(&id), key)).collect())
}

/// Keys of another kind or for another purpose are as usual here as in a published set; private,
/// secret and broken ones are mistakes.
fn jwk_set(json: &str) -> Result<Found, String> {
    let mut found = Vec::new();
    for (index, jwk) in listed_keys(json.as_bytes())?.iter().enumerate() {
        let name = format!("key {} of the key set: ", index + 1);
        match read_jwk(jwk) {
            Ok(jwk) => found.push(Ok(Candidate {
                name,
                id: jwk.id,
                key: jwk.key,
                validity: None,
                only: jwk.algorithm,
                idle: Idle::Usual,
            })),
            Err(Unusable::Foreign) => {}
            Err(unusable) => found.push(Err(format!("{name}{unusable}"))),
        }
    }
    Ok(found)
}

fn candidate(
    name: String,
    id: Option<&String>,
    read: Result<Dated, String>,
) -> Result<Candidate, String> {
    match read {
        Ok((key, validity)) => {
            Ok(Candidate { name, id: id.cloned(), key, validity, only: None, idle: Idle::Mistake })
        }
        Err(problem) => Err(format!("{name}{problem}")),
    }
}

/// The form, never what is in it: somebody may have given a private key by mistake.
impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Secrets(_) => "Secrets",
            Self::Pem(_) => "Pem",
            Self::Der(_) => "Der",
            Self::Certificates(_) => "Certificates",
            Self::CertificateMap(_) => "CertificateMap",
            Self::JwkSet(_) => "JwkSet",
            Self::JwkSetFile(_) => "JwkSetFile",
        })
    }
}
