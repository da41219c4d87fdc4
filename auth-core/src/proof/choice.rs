//! How a verifier is told to treat tokens that are bound to their holder. Read once, when a server
//! starts, from `jwt::builder`.

use std::time::Duration;

use super::certificate::CertificateBinding;
use super::confirmation::{Checks, Confirmation};
use super::dpop::Dpop;
use crate::introspection::IntrospectionBuilder;
use crate::jwt::VerifierBuilder;

/// What was chosen; unless told otherwise nothing can be shown, so bound tokens are refused.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    dpop: Option<Dpop>,
    certificate: Option<CertificateBinding>,
    cnf: Cnf,
}

/// Whether `cnf` is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Cnf {
    #[default]
    Checked,
    Ignored,
}

impl VerifierBuilder {
    /// Checks proofs of possession (RFC 9449), and with them tokens that are bound to a key.
    pub fn dpop(mut self, dpop: Dpop) -> Self {
        self.confirmation.dpop = Some(dpop);
        self
    }

    /// Checks tokens that are bound to a client certificate (RFC 8705, section 3).
    pub fn certificate_binding(mut self, binding: CertificateBinding) -> Self {
        self.confirmation.certificate = Some(binding);
        self
    }

    /// Takes a token that is bound to its holder (`cnf`) from anybody. Whoever steals it may then
    /// use it, which is what its issuer meant to rule out.
    pub const fn danger_ignore_confirmation(mut self) -> Self {
        self.confirmation.cnf = Cnf::Ignored;
        self
    }
}

/// The same choices, for tokens that are opaque.
impl IntrospectionBuilder {
    /// Checks proofs of possession (RFC 9449), and with them tokens that are bound to a key.
    ///
    /// A gate takes tokens under `DPoP` only if its provider says so: return
    /// [`Introspection::schemes`](crate::introspection::Introspection::schemes) from
    /// [`Authenticate::schemes`](crate::Authenticate::schemes).
    pub fn dpop(mut self, dpop: Dpop) -> Self {
        self.confirmation.dpop = Some(dpop);
        self
    }

    /// Checks tokens that are bound to a client certificate (RFC 8705, section 3.2).
    pub fn certificate_binding(mut self, binding: CertificateBinding) -> Self {
        self.confirmation.certificate = Some(binding);
        self
    }

    /// Takes a token that is bound to its holder (`cnf`) from anybody. Whoever steals it may then
    /// use it, which is what its issuer meant to rule out.
    pub const fn danger_ignore_confirmation(mut self) -> Self {
        self.confirmation.cnf = Cnf::Ignored;
        self
    }
}

impl Choice {
    /// The checks, or nothing and what is wrong.
    pub(crate) fn open(
        &self,
        leeway: Duration,
        problems: &mut Vec<String>,
    ) -> Option<Confirmation> {
        if self.cnf == Cnf::Ignored {
            if self.dpop.is_none() && self.certificate.is_none() {
                return Some(Confirmation::Ignored);
            }
            problems.push(
                "the confirmation of tokens is both checked and ignored: remove \
                 `.danger_ignore_confirmation()`"
                    .to_owned(),
            );
        }
        let before = problems.len();
        let dpop = self.dpop.as_ref().map(|dpop| dpop.open(leeway)).transpose();
        let dpop = dpop.map_err(|found| problems.extend(found)).ok().flatten();
        let certificate = self.certificate.as_ref().map(CertificateBinding::open).transpose();
        let certificate = certificate.map_err(|found| problems.push(found)).ok().flatten();
        (problems.len() == before).then_some(Confirmation::Checked(Checks { dpop, certificate }))
    }
}
