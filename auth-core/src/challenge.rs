//! What a 401 asks for: one challenge for each scheme that a token may come with.
//!
//! In: what the provider accepts, the scheme that the request used, and why it was refused. Out: the
//! values of `WWW-Authenticate` (RFC 6750, section 3; RFC 9449, sections 7.1 and 9). Only the
//! challenge of the scheme that was used names an error. Used by `response`.

use std::sync::Arc;

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
    /// Where the description of this resource is (RFC 9728, section 5.1).
    metadata: Option<Arc<str>>,
}

/// What the client did wrong: a code of an RFC and a fixed text.
type Fault = (&'static str, &'static str);

impl Default for Challenges {
    fn default() -> Self {
        Self {
            offered: &[Scheme::Bearer],
            used: Scheme::Bearer,
            algorithms: String::new(),
            metadata: None,
        }
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
        Self { offered, used, algorithms: algorithms.join(" "), metadata: None }
    }

    /// The same, naming the address of the resource's description.
    pub(crate) fn with_metadata(mut self, address: Option<&Arc<str>>) -> Self {
        self.metadata = address.cloned();
        self
    }

    /// The challenges; none where another credential would not help.
    pub(crate) fn values(&self, error: &AuthError) -> Vec<HeaderValue> {
        let needs_scope = matches!(error, AuthError::ScopeMissing(_));
        let is_of_no_use =
            matches!(error.class(), Class::Forbidden | Class::BadTarget | Class::Unavailable);
        if is_of_no_use && !needs_scope {
            return Vec::new();
        }
        let fault = self.fault(error);
        let texts = self
            .offered
            .iter()
            .map(|scheme| self.challenge(*scheme, fault.filter(|_| *scheme == self.used), error));
        texts.filter_map(|text| HeaderValue::from_str(&text).ok()).collect()
    }

    fn fault(&self, error: &AuthError) -> Option<Fault> {
        match (error.class(), error) {
            (Class::NoCredential, _) => None,
            (_, AuthError::ScopeMissing(_)) => {
                Some(("insufficient_scope", "The token does not have the scope that this needs"))
            }
            (Class::BadRequest, _) => {
                Some(("invalid_request", "The credentials of the request are malformed"))
            }
            (_, AuthError::Binding(error)) if self.used == Scheme::Dpop => Some(proof_fault(error)),
            _ => Some(INVALID_TOKEN),
        }
    }

    /// At least one parameter has to follow the scheme; without a token there is no error to name.
    fn challenge(&self, scheme: Scheme, fault: Option<Fault>, error: &AuthError) -> String {
        let mut parameters = match fault {
            None => vec![("realm", "api")],
            Some((code, description)) => vec![("error", code), ("error_description", description)],
        };
        if let (Some(_), AuthError::ScopeMissing(scope)) = (fault, error) {
            parameters.push(("scope", scope));
        }
        parameters.extend(self.metadata.as_deref().map(|address| ("resource_metadata", address)));
        if scheme == Scheme::Dpop && !self.algorithms.is_empty() {
            parameters.push(("algs", &self.algorithms));
        }
        let parameters = parameters.iter().map(|(name, value)| format!("{name}=\"{value}\""));
        format!("{} {}", scheme.name(), parameters.collect::<Vec<_>>().join(", "))
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
