//! What can be wrong with a token that is bound to its holder, told in the order of the checks.
//!
//! In: the check that refuses. Out: a stable code and a sentence for the log, neither of which
//! holds a proof, a key or a claim. Next: `response`, which says what the client reads.

use thiserror::Error;

use super::nonce::Nonce;
use crate::error::Class;

/// Why a caller was not taken for the holder of the token.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BindingError {
    /// The scheme is `DPoP`, or the token is bound to a key, and there is no `DPoP` header.
    #[error("there is no proof of possession")]
    ProofMissing,
    /// The `DPoP` header is repeated or no proof of the form of RFC 9449, section 4.2.
    #[error("the proof of possession is malformed: {0}")]
    ProofMalformed(&'static str),
    /// The token has `cnf` (RFC 7800), and this verifier does not check what it asks for.
    #[error("the token is bound to its holder in a way that is not checked here")]
    NotChecked,
    /// The token has no such binding, and this verifier or the `DPoP` scheme asks for one.
    #[error("the token is not bound to its holder, and has to be")]
    Missing,
    /// The connection has no client certificate, and the token is bound to one (RFC 8705).
    #[error("the token is bound to a client certificate, and there is none")]
    CertificateMissing,
    /// The header that the certificate is read from is repeated or holds no certificate.
    #[error("the client certificate is malformed")]
    CertificateMalformed,
    /// The token is bound to another certificate (RFC 8705, section 3).
    #[error("the token is bound to another client certificate")]
    CertificateMismatch,
    /// The proof is for another key, token, method or address (RFC 9449, section 4.3).
    #[error("the proof of possession does not fit: {0}")]
    ProofMismatch(&'static str),
    /// The proof was made too long ago.
    #[error("the proof of possession has expired")]
    ProofExpired,
    /// The proof's `iat` lies ahead.
    #[error("the proof of possession is from the future")]
    ProofFromTheFuture,
    /// The proof was not signed with the key that it names.
    #[error("the signature of the proof of possession is wrong")]
    ProofSignatureInvalid,
    /// The proof has no nonce of ours, or one that has expired; here is another (RFC 9449,
    /// section 9).
    #[error("the proof of possession needs a nonce of this server")]
    NonceRequired(Nonce),
    /// The proof was used before (RFC 9449, section 11.1).
    #[error("the proof of possession was used before")]
    ProofReplayed,
    /// No more proofs can be remembered: nobody knows whether this one was used before.
    #[error("the memory of used proofs is full")]
    ReplayMemoryFull,
}

impl BindingError {
    /// A stable code in snake case. It never changes once published.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ProofMissing => "proof_missing",
            Self::ProofMalformed(_) => "proof_malformed",
            Self::NotChecked => "binding_not_checked",
            Self::Missing => "binding_missing",
            Self::CertificateMissing => "certificate_missing",
            Self::CertificateMalformed => "certificate_malformed",
            Self::CertificateMismatch => "certificate_mismatch",
            Self::ProofMismatch(_) => "proof_mismatch",
            Self::ProofExpired => "proof_expired",
            Self::ProofFromTheFuture => "proof_from_the_future",
            Self::ProofSignatureInvalid => "proof_signature_invalid",
            Self::NonceRequired(_) => "nonce_required",
            Self::ProofReplayed => "proof_replayed",
            Self::ReplayMemoryFull => "replay_memory_full",
        }
    }

    pub(crate) const fn class(&self) -> Class {
        match self {
            Self::ReplayMemoryFull => Class::Unavailable,
            _ => Class::BadCredential,
        }
    }

    /// Whether the proof is to blame, rather than the token.
    pub(crate) const fn is_about_proof(&self) -> bool {
        matches!(
            self,
            Self::ProofMissing
                | Self::ProofMalformed(_)
                | Self::ProofMismatch(_)
                | Self::ProofExpired
                | Self::ProofFromTheFuture
                | Self::ProofSignatureInvalid
                | Self::ProofReplayed
        )
    }
}
