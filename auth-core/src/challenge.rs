//! What a 401 asks for: one challenge for each scheme that a token may come with.
//!
//! In: what the provider accepts, the scheme that the request used, and why it was refused. Out: the
//! values of `WWW-Authenticate` (RFC 6750, section 3; RFC 9449, sections 7.1 and 9). Only the
//! challenge of the scheme that was used names an error. Used by `response`.

use http::HeaderValue;
use http::header::AUTHORIZATION;

use crate::configured::Configured;
use crate::error::{AuthError, Class};
use crate::jwt::Verifier;
use crate::proof::BindingError;
use crate::provider::Authenticate;
use crate::request::Request;
use crate::token::Scheme;

/// The schemes to offer, and the one that was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Challenges {
    offered: &'static [Scheme],
    used: Scheme,
    /// What proofs may be signed with, separated by spaces.
    algorithms: String,
}

/// What the client did wrong: a code of an RFC and a fixed text.
type Fault = (&'static str, &'static str);

impl Default for Challenges {
    fn default() -> Self {
        Self { offered: &[Scheme::Bearer], used: Scheme::Bearer, algorithms: String::new() }
    }
}

impl Challenges {
    /// What to ask for where this provider decided about this request.
    pub(crate) fn of<P: Authenticate>(provider: &Configured<P>, request: &Request<'_>) -> Self {
        let offered = provider.schemes();
        let name = request
            .header(AUTHORIZATION.as_str())
            .and_then(|value| value.split(' ').next())
            .unwrap_or_default();
        let mut used = offered.iter().filter(|scheme| name.eq_ignore_ascii_case(scheme.name()));
        let used = used.next().or(offered.first()).copied().unwrap_or(Scheme::Bearer);
        let algorithms = provider.verifier().map_or(&[][..], Verifier::proof_algorithms);
        let algorithms: Vec<_> = algorithms.iter().map(|algorithm| algorithm.name()).collect();
        Self { offered, used, algorithms: algorithms.join(" ") }
    }

    /// The challenges; none where another credential would not help.
    pub(crate) fn values(&self, error: &AuthError) -> Vec<HeaderValue> {
        if matches!(error.class(), Class::Forbidden | Class::Unavailable) {
            return Vec::new();
        }
        let fault = self.fault(error);
        let texts = self
            .offered
            .iter()
            .map(|scheme| self.challenge(*scheme, fault.filter(|_| *scheme == self.used)));
        texts.filter_map(|text| HeaderValue::from_str(&text).ok()).collect()
    }

    fn fault(&self, error: &AuthError) -> Option<Fault> {
        match (error.class(), error) {
            (Class::NoCredential, _) => None,
            (Class::BadRequest, _) => {
                Some(("invalid_request", "The credentials of the request are malformed"))
            }
            (_, AuthError::Binding(error)) if self.used == Scheme::Dpop => Some(proof_fault(error)),
            _ => Some(INVALID_TOKEN),
        }
    }

    /// At least one parameter has to follow the scheme; without a token there is no error to name.
    fn challenge(&self, scheme: Scheme, fault: Option<Fault>) -> String {
        let name = scheme.name();
        let text = match fault {
            None => format!("{name} realm=\"api\""),
            Some((code, description)) => {
                format!("{name} error=\"{code}\", error_description=\"{description}\"")
            }
        };
        match scheme {
            Scheme::Dpop if !self.algorithms.is_empty() => {
                format!("{text}, algs=\"{}\"", self.algorithms)
            }
            _ => text,
        }
    }
}

const INVALID_TOKEN: Fault = ("invalid_token", "The token is invalid or has expired");

const fn proof_fault(error: &BindingError) -> Fault {
    match error {
        BindingError::NonceRequired(_) => {
            ("use_dpop_nonce", "The DPoP proof has to hold the nonce of this answer")
        }
        error if error.is_about_proof() => ("invalid_dpop_proof", "The DPoP proof is invalid"),
        _ => INVALID_TOKEN,
    }
}
