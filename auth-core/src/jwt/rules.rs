//! What is asked of a token besides its signature.
//!
//! `admit` asks the header, before a key is looked for; `check` asks the claims, after the
//! signature. A claim that is compared has to be there, and of the right type. Next: step 8,
//! `provider::authorize`.

use std::time::Duration;

use serde_json::Value;

use super::algorithm::Algorithm;
use super::claims::Claims;
use super::expected::Expected;
use super::header::{Header, TokenType};
use crate::error::AuthError;

/// The rules in force, checked when they were built.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) algorithms: Vec<Algorithm>,
    pub(super) token_types: Vec<TokenType>,
    pub(super) issuers: Expected,
    pub(super) audiences: Expected,
    pub(super) authorized_parties: Expected,
    pub(super) required: Vec<String>,
    pub(super) leeway: Duration,
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
        Ok(algorithm)
    }

    /// What the verified claims rule out, `now` being the time since 1970.
    pub(super) fn check(&self, claims: &Claims, now: Duration) -> Result<(), AuthError> {
        self.check_issuer(claims)?;
        self.check_audience(claims)?;
        self.check_times(claims, now)?;
        self.check_authorized_party(claims)?;
        check_subject(claims)?;
        self.check_required(claims)
    }

    /// One text, byte for byte (RFC 7519, section 4.1.1): no folding, no normalising, no list.
    fn check_issuer(&self, claims: &Claims) -> Result<(), AuthError> {
        match claims.get("iss") {
            None if self.issuers.is_checked() => Err(AuthError::ClaimMissing("iss".into())),
            None => Ok(()),
            Some(Value::String(issuer)) if self.issuers.admits(issuer) => Ok(()),
            Some(Value::String(_)) => Err(AuthError::IssuerMismatch),
            Some(_) => Err(AuthError::ClaimMalformed("iss")),
        }
    }

    /// A text or a list of texts, one of them ours (RFC 7519, section 4.1.3).
    fn check_audience(&self, claims: &Claims) -> Result<(), AuthError> {
        match claims.get("aud") {
            None if self.audiences.is_checked() => {
                return Err(AuthError::ClaimMissing("aud".into()));
            }
            None => return Ok(()),
            Some(Value::String(_)) => {}
            Some(Value::Array(items)) if items.iter().all(Value::is_string) => {}
            Some(_) => return Err(AuthError::ClaimMalformed("aud")),
        }
        let is_for_us = claims.audiences().any(|audience| self.audiences.admits(audience));
        if is_for_us || !self.audiences.is_checked() {
            Ok(())
        } else {
            Err(AuthError::AudienceMismatch)
        }
    }

    /// `exp` has to be there, and passes at its very second; the others only if they are there.
    fn check_times(&self, claims: &Claims, now: Duration) -> Result<(), AuthError> {
        let expires = claims.time("exp")?.ok_or_else(|| AuthError::ClaimMissing("exp".into()))?;
        if now >= expires.saturating_add(self.leeway) {
            return Err(AuthError::Expired);
        }
        let latest = now.saturating_add(self.leeway);
        if claims.time("nbf")?.is_some_and(|not_before| not_before > latest) {
            return Err(AuthError::NotYetValid);
        }
        if claims.time("iat")?.is_some_and(|issued| issued > latest) {
            return Err(AuthError::IssuedInTheFuture);
        }
        Ok(())
    }

    fn check_authorized_party(&self, claims: &Claims) -> Result<(), AuthError> {
        match claims.get("azp") {
            None if self.authorized_parties.is_checked() => {
                Err(AuthError::ClaimMissing("azp".into()))
            }
            None => Ok(()),
            Some(Value::String(party)) if self.authorized_parties.admits(party) => Ok(()),
            Some(Value::String(_)) => Err(AuthError::AuthorizedPartyMismatch),
            Some(_) => Err(AuthError::ClaimMalformed("azp")),
        }
    }

    fn check_required(&self, claims: &Claims) -> Result<(), AuthError> {
        let is_missing = |name: &&String| claims.get(name).is_none_or(Value::is_null);
        match self.required.iter().find(is_missing) {
            Some(name) => Err(AuthError::ClaimMissing(name.clone().into())),
            None => Ok(()),
        }
    }
}

/// A subject, where there is one, is a text that names somebody: it becomes a user's id.
fn check_subject(claims: &Claims) -> Result<(), AuthError> {
    match claims.get("sub") {
        None => Ok(()),
        Some(Value::String(subject)) if !subject.is_empty() => Ok(()),
        Some(_) => Err(AuthError::ClaimMalformed("sub")),
    }
}
