//! What a token of Firebase has to say besides what every token has to: a verifier in the making in,
//! the same with the vendor's checklist out.
//!
//! See <https://firebase.google.com/docs/auth/admin/verify-id-tokens>: one audience, a subject of 1
//! to 128 characters, and times that have passed. The tenant is compared as well, for tenants share
//! issuer and audience. Next: `user`.

use std::time::Duration;

use auth_core::jwt::{TokenType, VerifierBuilder, Vocabulary};
use auth_core::token::TokenSource;
use auth_core::{AuthError, Claims, Environment, Principal, Verifier};
use serde_json::Value;

use super::project::ProjectId;

/// Keys of ID tokens: certificates by key id.
const ID_TOKEN_KEYS: &str =
    "https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com";

/// Keys of session cookies, which are others.
const COOKIE_KEYS: &str = "https://www.googleapis.com/identitytoolkit/v3/relyingparty/publicKeys";

/// The most characters of a user's id.
const LONGEST_ID: usize = 128;

/// How far clocks may disagree about when somebody signed in: Firebase's own clocks do.
const LEEWAY: Duration = Duration::from_secs(5);

/// What is accepted: never both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'c> {
    /// What a client is given when its user signs in, for an hour.
    IdToken,
    /// What a server made of one, for up to two weeks, in a cookie of this name.
    SessionCookie(&'c str),
}

/// Whose users are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tenants {
    /// Those of no tenant.
    None,
    /// Those of this one.
    One(String),
    /// Everybody's.
    Any,
}

impl<'c> Kind<'c> {
    pub(super) const fn of(cookie: Option<&'c str>) -> Self {
        match cookie {
            Some(name) => Self::SessionCookie(name),
            None => Self::IdToken,
        }
    }

    /// The keys of this kind. Tokens name theirs.
    pub(super) fn keys(self) -> VerifierBuilder {
        let address = match self {
            Self::IdToken => ID_TOKEN_KEYS,
            Self::SessionCookie(_) => COOKIE_KEYS,
        };
        Verifier::remote_certificates(address).require_key_id()
    }

    fn issuer(self, project: &ProjectId) -> String {
        match self {
            Self::IdToken => format!("https://securetoken.google.com/{project}"),
            Self::SessionCookie(_) => format!("https://session.firebase.google.com/{project}"),
        }
    }
}

impl Tenants {
    pub(super) fn of(tenant: Option<&str>, any: bool) -> Self {
        match tenant {
            Some(tenant) => Self::One(tenant.to_owned()),
            None if any => Self::Any,
            None => Self::None,
        }
    }

    fn check(&self, claims: &Claims) -> Result<(), AuthError> {
        let found = tenant(claims)?;
        let is_ours = match self {
            Self::None => found.is_none(),
            Self::One(tenant) => found == Some(tenant.as_str()),
            Self::Any => true,
        };
        if is_ours { Ok(()) } else { Err(AuthError::ClaimMismatch("firebase.tenant".into())) }
    }
}

/// Adds the checklist.
pub(super) fn add(
    keys: VerifierBuilder,
    kind: Kind<'_>,
    project: &ProjectId,
    tenants: Tenants,
    environment: &Environment,
) -> VerifierBuilder {
    let clock = environment.clock().clone();
    let verifier = keys
        .issuer(kind.issuer(project))
        .audience(project.as_str())
        .leeway(LEEWAY)
        .token_types([TokenType::Jwt, TokenType::Absent])
        .vocabulary(Vocabulary::default().organization(["firebase", "tenant"]))
        .require("sub")
        .require("iat")
        .require("auth_time")
        .check(check_audience)
        .check(check_subject)
        .check(move |claims| check_sign_in(claims, clock.unix()))
        .check(move |claims| tenants.check(claims));
    match kind {
        Kind::IdToken => verifier,
        Kind::SessionCookie(name) => {
            verifier.token_from(TokenSource::Cookie(name.to_owned().into()))
        }
    }
}

/// The tenant that the token is of, if it is of one.
pub(super) fn tenant(claims: &Claims) -> Result<Option<&str>, AuthError> {
    let malformed = AuthError::ClaimMalformed("firebase");
    match claims.get("firebase") {
        None => Ok(None),
        Some(Value::Object(members)) => match members.get("tenant") {
            None => Ok(None),
            Some(Value::String(tenant)) if !tenant.is_empty() => Ok(Some(tenant)),
            Some(_) => Err(malformed),
        },
        Some(_) => Err(malformed),
    }
}

/// One text: a list of audiences is none of Firebase's, even one that names us.
fn check_audience(claims: &Claims) -> Result<(), AuthError> {
    match claims.claim("aud") {
        Some(_) => Ok(()),
        None => Err(AuthError::ClaimMalformed("aud")),
    }
}

/// An id that Firebase could have given, and the same wherever the token says it.
fn check_subject(claims: &Claims) -> Result<(), AuthError> {
    let subject = claims.subject();
    if subject.trim().is_empty() || subject.chars().count() > LONGEST_ID {
        return Err(AuthError::ClaimMalformed("sub"));
    }
    match claims.get("user_id") {
        Some(id) if id.as_str() != Some(subject) => Err(AuthError::ClaimMismatch("user_id".into())),
        _ => Ok(()),
    }
}

/// When the user signed in lies in the past.
fn check_sign_in(claims: &Claims, now: Duration) -> Result<(), AuthError> {
    let seconds = signed_in_at(claims)?;
    let latest = now.saturating_add(LEEWAY).as_secs();
    if seconds <= latest { Ok(()) } else { Err(AuthError::ClaimMismatch("auth_time".into())) }
}

/// When the user signed in, in whole seconds since 1970.
pub(super) fn signed_in_at(claims: &Claims) -> Result<u64, AuthError> {
    let seconds = claims.get("auth_time").and_then(Value::as_u64);
    seconds.ok_or(AuthError::ClaimMalformed("auth_time"))
}
