//! A proof and a request in, leave to go on or not out (RFC 9449, section 4.3).
//!
//! What is cheap to compare comes first, then the signature. The memory of used proofs comes last:
//! only whoever holds a good token and its key gets to fill it. Next: `target`, `nonce`, `replay`.

use std::sync::Arc;
use std::time::Duration;

use super::confirmation::Mode;
use super::error::BindingError;
use super::evidence::Proof;
use super::nonce::Mint;
use super::replay::Replay;
use super::target::Target;
use super::thumbprint::sha256;
use crate::jwt::Algorithm;
use crate::request::Request;

/// The choices, checked.
#[derive(Debug, Clone)]
pub(super) struct DpopCheck {
    pub(super) mode: Mode,
    pub(super) algorithms: Vec<Algorithm>,
    pub(super) origins: Vec<Target>,
    pub(super) host: Host,
    pub(super) max_age: Duration,
    pub(super) leeway: Duration,
    pub(super) memory: Arc<Memory>,
}

/// What clones of a verifier share.
#[derive(Debug)]
pub(super) struct Memory {
    pub(super) nonces: Option<Mint>,
    pub(super) replay: Replay,
}

/// Whether the request's word for the server's name counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Host {
    Ignored,
    Trusted,
}

impl DpopCheck {
    /// Whether this proof shows that the holder of `jkt` sends this token in this request, now.
    pub(super) fn check(
        &self,
        proof: &Proof<'_>,
        jkt: &str,
        token: &str,
        request: &Request<'_>,
        now: Duration,
    ) -> Result<(), BindingError> {
        if proof.thumbprint != jkt {
            return Err(BindingError::ProofMismatch("its key is not the token's"));
        }
        if proof.text("ath") != Some(&sha256(token.as_bytes())) {
            return Err(BindingError::ProofMismatch("it is for another token"));
        }
        if proof.text("htm") != Some(request.method().as_str()) {
            return Err(BindingError::ProofMismatch("it is for another method"));
        }
        if !self.is_target(proof, request) {
            return Err(BindingError::ProofMismatch("it is for another address"));
        }
        let until = proof.issued.saturating_add(self.max_age).saturating_add(self.leeway);
        if now >= until {
            return Err(BindingError::ProofExpired);
        }
        if proof.issued > now.saturating_add(self.leeway) {
            return Err(BindingError::ProofFromTheFuture);
        }
        proof.check_signature()?;
        self.check_nonce(proof, now)?;
        self.memory.replay.admit(&proof.thumbprint, proof.id(), until, now)
    }

    fn is_target(&self, proof: &Proof<'_>, request: &Request<'_>) -> bool {
        let Some(named) = proof.text("htu").and_then(Target::parse) else { return false };
        let asked = |origin: &Target| origin.join(request.path()).is_some_and(|it| it == named);
        let from_host = || {
            let authority = request.authority().filter(|_| self.host == Host::Trusted)?;
            Target::parse(&format!("https://{authority}")).filter(|_| !authority.contains('/'))
        };
        self.origins.iter().any(asked) || from_host().as_ref().is_some_and(asked)
    }

    fn check_nonce(&self, proof: &Proof<'_>, now: Duration) -> Result<(), BindingError> {
        let Some(mint) = &self.memory.nonces else { return Ok(()) };
        let nonce = proof.text("nonce").unwrap_or_default();
        if mint.accepts(nonce, now, self.leeway) {
            Ok(())
        } else {
            Err(BindingError::NonceRequired(mint.make(now)))
        }
    }
}
