//! How proofs of possession are asked for (RFC 9449): choices in, a check out. Read once, when a
//! server starts. Next: `check`.

use std::sync::Arc;
use std::time::Duration;

use super::check::{DpopCheck, Host, Memory};
use super::confirmation::Mode;
use super::nonce::Nonces;
use super::replay::Replay;
use super::target::Target;
use crate::jwt::Algorithm;

/// What browsers and libraries make by default.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::ES256, Algorithm::EdDSA, Algorithm::Ed25519];

/// How long a proof is good for unless told otherwise, and at most.
const MAX_AGE: Duration = Duration::from_mins(1);
const LONGEST_AGE: Duration = Duration::from_mins(5);

/// How many used proofs are remembered unless told otherwise.
const CAPACITY: usize = 100_000;

/// How tokens that are bound to a key of the client are checked (RFC 9449).
///
/// A client sends `Authorization: DPoP <token>` and, in a header `DPoP`, a proof: a small token of
/// its own, signed with the key that the access token is bound to (`cnf.jkt`), for this very
/// request. A proof is for one method, one address and one token; it is good for a minute (and the
/// verifier's leeway) and once.
///
/// The address is compared with the server's public one, which has to be said: what a request calls
/// its host is the caller's to choose.
///
/// ```
/// use auth_core::{Environment, Verifier};
/// use auth_core::proof::Dpop;
///
/// let verifier = Verifier::remote("https://issuer.example/keys")
///     .issuer("https://issuer.example/")
///     .audience("https://api.example.com")
///     .dpop(Dpop::required().origin("https://api.example.com"))
///     .build_in(&Environment::process())
///     .unwrap();
/// assert_eq!(verifier.proof_algorithms().len(), 3);
/// ```
///
/// Used proofs are remembered by this process alone: several processes behind one address each
/// accept a proof once. A short [`Dpop::max_age`] narrows that.
#[derive(Debug, Clone)]
#[must_use = "hand it to `VerifierBuilder::dpop`"]
pub struct Dpop {
    mode: Mode,
    origins: Vec<String>,
    host: Host,
    algorithms: Vec<Algorithm>,
    max_age: Duration,
    nonces: Option<Nonces>,
    capacity: usize,
}

impl Dpop {
    /// Every token has to be bound to a key and come with a proof; bearer tokens are refused.
    pub fn required() -> Self {
        Self::new(Mode::Required)
    }

    /// A token that is bound to a key has to come with a proof; one that is not is a bearer token.
    pub fn accepted() -> Self {
        Self::new(Mode::Accepted)
    }

    fn new(mode: Mode) -> Self {
        Self {
            mode,
            origins: Vec::new(),
            host: Host::Ignored,
            algorithms: ALGORITHMS.to_vec(),
            max_age: MAX_AGE,
            nonces: None,
            capacity: CAPACITY,
        }
    }

    /// The address that clients know this server by, such as `https://api.example.com`, with the
    /// path that a proxy takes away, if one does. Call it again for another one.
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origins.push(origin.into());
        self
    }

    /// Takes the server's name from the request (`Host`, or `:authority` in HTTP/2), with `https`.
    ///
    /// A proof for one server is then good for any other that lets callers say who they ask.
    pub const fn danger_origin_from_host(mut self) -> Self {
        self.host = Host::Trusted;
        self
    }

    /// The algorithms that proofs may be signed with, instead of ES256, `EdDSA` and Ed25519.
    pub fn algorithms(mut self, algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        self.algorithms = algorithms.into_iter().collect();
        self
    }

    /// How old a proof may be: at most 5 minutes, a minute unless told otherwise.
    pub const fn max_age(mut self, limit: Duration) -> Self {
        self.max_age = limit;
        self
    }

    /// Asks for a nonce of this server in every proof; a client without one is given one. Its clock
    /// is asked all the same.
    pub fn nonces(mut self, nonces: Nonces) -> Self {
        self.nonces = Some(nonces);
        self
    }

    /// How many used proofs are remembered: 100 000 unless told otherwise, some 6 MB.
    ///
    /// Enough for 1 500 requests a second. When it is full, proofs are refused with 503 until old
    /// ones expire.
    pub const fn replay_capacity(mut self, proofs: usize) -> Self {
        self.capacity = proofs;
        self
    }

    pub(super) fn open(&self, leeway: Duration) -> Result<DpopCheck, Vec<String>> {
        let mut problems = self.problems();
        let origins = self.origins.iter().filter_map(|text| {
            let origin = parse_origin(text);
            origin.map_err(|problem| problems.push(problem)).ok()
        });
        let origins = origins.collect();
        let nonces = self.nonces.as_ref().map(Nonces::open).transpose();
        let nonces = nonces.map_err(|problem| problems.push(problem)).ok().flatten();
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(DpopCheck {
            mode: self.mode,
            algorithms: self.algorithms.clone(),
            origins,
            host: self.host,
            max_age: self.max_age,
            leeway,
            memory: Arc::new(Memory { nonces, replay: Replay::new(self.capacity) }),
        })
    }

    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.origins.is_empty() && self.host == Host::Ignored {
            problems.push(
                "no origin for DPoP proofs is given: call `.origin(..)` with this server's address"
                    .to_owned(),
            );
        }
        if self.algorithms.is_empty() {
            problems.push("the list of DPoP algorithms is empty: no proof could pass".to_owned());
        }
        if let Some(secret) = self.algorithms.iter().find(|algorithm| algorithm.is_symmetric()) {
            problems.push(format!("DPoP proofs are never signed with {secret}: remove it"));
        }
        if self.max_age.is_zero() || self.max_age > LONGEST_AGE {
            let limit = LONGEST_AGE.as_secs();
            problems.push(format!("the age of DPoP proofs has to be at most {limit} s, and not 0"));
        }
        if self.capacity == 0 {
            problems.push("the replay capacity is 0: no proof could pass".to_owned());
        }
        problems
    }
}

/// An address without query or fragment, where nobody on the way can read proofs and tokens.
fn parse_origin(text: &str) -> Result<Target, String> {
    Target::parse(text)
        .filter(|origin| origin.is_private() && !text.contains(['?', '#']))
        .ok_or_else(|| {
            "the origin for DPoP proofs has to be an address such as https://api.example.com"
                .to_owned()
        })
}
