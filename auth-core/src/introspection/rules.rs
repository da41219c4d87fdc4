//! What is asked of an active token: its claims in, leave to go on or the first reason against it
//! out.
//!
//! The issuer said that the token is good; whether it is good for us, and for this, is asked here,
//! again on every use of a kept answer. Next: `proof::confirmation`.

use std::time::Duration;

use serde_json::Value;

use crate::error::AuthError;
use crate::jwt::{
    Claims, Expected, Times, check_audience, check_issuer, check_required, check_subject,
};
use crate::proof::Confirmation;

/// The rules in force, checked when they were built.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) issuers: Expected,
    pub(super) unnamed_issuer: UnnamedIssuer,
    pub(super) audiences: Expected,
    pub(super) required: Vec<String>,
    pub(super) times: Times,
    pub(super) confirmation: Confirmation,
}

/// What becomes of an answer that names no issuer, as it may (RFC 7662, section 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnnamedIssuer {
    Refused,
    Accepted,
}

/// Members that are texts wherever they are (RFC 7662, section 2.2).
const TEXTS: [&str; 5] = ["scope", "client_id", "username", "token_type", "jti"];

/// Where issuers say what kind of token it is, besides `token_type`, and what they call kinds that
/// are not for us: a refresh token is as active as an access token.
const KINDS: [&str; 2] = ["token_use", "typ"];
const OTHER_KINDS: [&str; 6] = ["refresh", "refresh_token", "offline", "id", "id_token", "logout"];

impl Rules {
    /// What the claims rule out, `now` being the time since 1970.
    pub(super) fn check(&self, claims: &Claims, now: Duration) -> Result<(), AuthError> {
        if claims.get("iss").is_some() || self.unnamed_issuer == UnnamedIssuer::Refused {
            check_issuer(&self.issuers, claims)?;
        }
        check_audience(&self.audiences, claims)?;
        self.times.check_stated(claims, now)?;
        check_subject(claims)?;
        let is_no_text = |name: &&&str| claims.get(name).is_some_and(|value| !value.is_string());
        if let Some(name) = TEXTS.iter().find(is_no_text) {
            return Err(AuthError::ClaimMalformed(name));
        }
        check_kind(claims)?;
        check_required(&self.required, claims)
    }
}

/// An access token: `Bearer`, or `DPoP` if it says whose it is (RFC 9449, section 6.2).
fn check_kind(claims: &Claims) -> Result<(), AuthError> {
    let is = |kind: &str, name: &str| kind.eq_ignore_ascii_case(name);
    let is_usable = claims
        .claim("token_type")
        .is_none_or(|kind| is(kind, "Bearer") || (is(kind, "DPoP") && claims.get("cnf").is_some()));
    let is_other = |name| match claims.get(name) {
        Some(Value::String(kind)) => OTHER_KINDS.iter().any(|other| is(kind, other)),
        _ => false,
    };
    if is_usable && !KINDS.into_iter().any(is_other) {
        Ok(())
    } else {
        Err(AuthError::TypeNotAllowed)
    }
}
