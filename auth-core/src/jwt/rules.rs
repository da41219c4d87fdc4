//! What is asked of a token besides its signature.
//!
//! `admit` asks the header, before a key is looked for; `check` asks the claims, after the
//! signature. A claim that is compared has to be there, and of the right type. Next: step 8,
//! `provider::authorize`.

use std::time::Duration;

use super::algorithm::Algorithm;
use super::claims::Claims;
use super::demands::Demands;
use super::document::Claim;
use super::expected::Expected;
use super::header::{Header, TokenType};
use super::times::Times;
use crate::error::AuthError;
use crate::proof::Confirmation;
use crate::provider::Principal as _;

/// The rules in force, checked when they were built.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) algorithms: Vec<Algorithm>,
    pub(super) token_types: Vec<TokenType>,
    pub(super) issuers: Expected,
    pub(super) audiences: Expected,
    pub(super) authorized_parties: Expected,
    pub(super) required: Vec<String>,
    pub(super) demands: Demands,
    pub(super) times: Times,
    pub(super) confirmation: Confirmation,
}

impl Rules {
    /// What the header alone rules out.
    pub(super) fn admit(&self, header: &Header<'_>) -> Result<Algorithm, AuthError> {
        let algorithm = header
            .algorithm()
            .filter(|algorithm| self.algorithms.contains(algorithm))
            .ok_or(AuthError::AlgorithmNotAllowed)?;
        if header.has_critical() {
            return Err(AuthError::CriticalHeader);
        }
        if header.is_transformed() {
            return Err(AuthError::HeaderMalformed("its payload is compressed, encrypted or raw"));
        }
        if !self.token_types.contains(&header.token_type()) {
            return Err(AuthError::TypeNotAllowed);
        }
        if self.demands.needs_key_id() && header.key_id().is_none() {
            return Err(AuthError::HeaderMalformed("it does not name its key"));
        }
        Ok(algorithm)
    }

    /// What the verified claims rule out, `now` being the time since 1970.
    pub(super) fn check(&self, claims: &Claims, now: Duration) -> Result<(), AuthError> {
        check_issuer(&self.issuers, claims)?;
        check_audience(&self.audiences, claims)?;
        self.times.check(claims, now)?;
        self.check_authorized_party(claims)?;
        check_subject(claims)?;
        check_required(&self.required, claims)?;
        self.demands.compare(claims)
    }

    fn check_authorized_party(&self, claims: &Claims) -> Result<(), AuthError> {
        match claims.look("azp") {
            None if self.authorized_parties.is_checked() => {
                Err(AuthError::ClaimMissing("azp".into()))
            }
            None => Ok(()),
            Some(Claim::Text(party)) if self.authorized_parties.admits(party) => Ok(()),
            Some(Claim::Text(_)) => Err(AuthError::AuthorizedPartyMismatch),
            Some(_) => Err(AuthError::ClaimMalformed("azp")),
        }
    }
}

/// One text, byte for byte (RFC 7519, section 4.1.1): no folding, no normalising, no list.
pub(crate) fn check_issuer(issuers: &Expected, claims: &Claims) -> Result<(), AuthError> {
    match claims.look("iss") {
        None if issuers.is_checked() => Err(AuthError::ClaimMissing("iss".into())),
        None => Ok(()),
        Some(Claim::Text(issuer)) if issuers.admits(issuer) => Ok(()),
        Some(Claim::Text(_)) => Err(AuthError::IssuerMismatch),
        Some(_) => Err(AuthError::ClaimMalformed("iss")),
    }
}

/// A text or a list of texts, one of them ours (RFC 7519, section 4.1.3).
pub(crate) fn check_audience(audiences: &Expected, claims: &Claims) -> Result<(), AuthError> {
    match claims.look("aud") {
        None if audiences.is_checked() => return Err(AuthError::ClaimMissing("aud".into())),
        None => return Ok(()),
        Some(Claim::Text(_) | Claim::Texts(_)) => {}
        Some(_) => return Err(AuthError::ClaimMalformed("aud")),
    }
    let is_for_us = claims.audiences().any(|audience| audiences.admits(audience));
    if is_for_us || !audiences.is_checked() { Ok(()) } else { Err(AuthError::AudienceMismatch) }
}

/// Claims that have to be there, whatever they say.
pub(crate) fn check_required(required: &[String], claims: &Claims) -> Result<(), AuthError> {
    let is_missing = |name: &&String| matches!(claims.look(name), None | Some(Claim::Null));
    match required.iter().find(is_missing) {
        Some(name) => Err(AuthError::ClaimMissing(name.clone().into())),
        None => Ok(()),
    }
}

/// A subject, where there is one, is a text that names somebody: it becomes a user's id. Where it is
/// empty, the vendor's words have to say who else is named.
pub(crate) fn check_subject(claims: &Claims) -> Result<(), AuthError> {
    match claims.look("sub") {
        None => Ok(()),
        Some(Claim::Text(_)) if !claims.subject().is_empty() => Ok(()),
        Some(_) => Err(AuthError::ClaimMalformed("sub")),
    }
}
