//! Where keys come from, and whether the algorithms fit them: choices in, keys out.
//!
//! Read once, when a server starts, from `builder`. Next: `keys::given`, or `jwks::remote`.

use std::fmt;
use std::sync::Arc;

use super::algorithm::Algorithm;
use super::keys::Given;
use super::verifier::{KeySource, Keys};
use crate::config::Environment;
use crate::jwks::{KeyFormat, RemoteKeys, WellKnown};

/// Keys in the making.
#[derive(Clone)]
pub(super) enum Source {
    Remote(String, KeyFormat),
    /// The issuer says where they are.
    Discovered(String, WellKnown),
    Given(Given),
}

impl Source {
    /// The keys, and the algorithms that are accepted with them; or all that is wrong.
    pub(super) fn open(
        &self,
        algorithms: Option<&[Algorithm]>,
        environment: &Environment,
    ) -> Result<(Keys, Vec<Algorithm>), Vec<String>> {
        if algorithms.is_some_and(<[_]>::is_empty) {
            return Err(vec!["the list of algorithms is empty: no token could pass".to_owned()]);
        }
        match self {
            Self::Remote(url, format) => open_remote(algorithms, |algorithms| {
                RemoteKeys::at(url, *format, algorithms, environment)
            }),
            Self::Discovered(issuer, form) => open_remote(algorithms, |algorithms| {
                RemoteKeys::discovered(issuer, *form, algorithms, environment)
            }),
            Self::Given(given) => open_given(given, algorithms, environment),
        }
    }
}

/// What a source's keys are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Secret,
    Public,
}

fn open_remote(
    algorithms: Option<&[Algorithm]>,
    open: impl FnOnce(Vec<Algorithm>) -> Result<RemoteKeys, String>,
) -> Result<(Keys, Vec<Algorithm>), Vec<String>> {
    let algorithms = algorithms.unwrap_or(&[Algorithm::RS256]);
    let mut problems = strangers(algorithms, Kind::Public);
    match open(algorithms.to_vec()).map_err(|problem| problems.push(problem)) {
        Ok(keys) if problems.is_empty() => Ok((Keys::Remote(keys), algorithms.to_vec())),
        _ => Err(problems),
    }
}

fn open_given(
    given: &Given,
    algorithms: Option<&[Algorithm]>,
    environment: &Environment,
) -> Result<(Keys, Vec<Algorithm>), Vec<String>> {
    let (kind, source) = if given.is_secret() {
        (Kind::Secret, KeySource::SharedSecret)
    } else {
        (Kind::Public, KeySource::PublicKey)
    };
    let mut problems = strangers(algorithms.unwrap_or_default(), kind);
    // Keys are held against the algorithms that are left, so that no mistake hides another.
    let fitting = algorithms.map(|all| without_strangers(all, kind));
    match given.open(fitting.as_deref(), environment.clock().unix()) {
        Ok((keys, algorithms)) if problems.is_empty() => {
            Ok((Keys::Local(Arc::new(keys), source), algorithms))
        }
        Ok(_) => Err(problems),
        Err(found) => {
            problems.extend(found);
            Err(problems)
        }
    }
}

/// A list that mixes secrets and public keys would let a public key be used as a secret (RFC 8725,
/// section 2.1).
fn strangers(algorithms: &[Algorithm], kind: Kind) -> Vec<String> {
    let strangers = algorithms.iter().filter(|algorithm| !kind.is_of(**algorithm));
    strangers
        .map(|stranger| format!("the algorithm {stranger} {}: remove it", kind.lack()))
        .collect()
}

fn without_strangers(algorithms: &[Algorithm], kind: Kind) -> Vec<Algorithm> {
    algorithms.iter().copied().filter(|algorithm| kind.is_of(*algorithm)).collect()
}

impl Kind {
    fn is_of(self, algorithm: Algorithm) -> bool {
        algorithm.is_symmetric() == (self == Self::Secret)
    }

    const fn lack(self) -> &'static str {
        match self {
            Self::Secret => "needs public keys, and the key is a shared secret",
            Self::Public => "needs a shared secret, and the keys are public",
        }
    }
}

/// Never an address or a key: either may hold a secret.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Remote(_, format) => write!(f, "Remote({format:?})"),
            Self::Discovered(_, form) => write!(f, "Discovered({form:?})"),
            Self::Given(given) => write!(f, "{given:?}"),
        }
    }
}
