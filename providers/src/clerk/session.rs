//! What a session token says: verified claims in, who acts, where and with which rights out.
//!
//! Next: `organization`.

use auth_core::{AuthError, Claims};
use serde_json::Value;

use super::organization::{self, Organization};
use super::permissions::{Feature, features};

/// What a session token says.
#[derive(Debug, Clone, Default)]
pub(super) struct Session {
    pub(super) organization: Option<Organization>,
    pub(super) features: Vec<Feature>,
    pub(super) plan: Option<String>,
    /// Who acts in the user's name.
    pub(super) actor: Option<String>,
}

/// What becomes of a session whose user has something left to do, such as a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pending {
    Refused,
    Accepted,
}

impl From<bool> for Pending {
    fn from(is_accepted: bool) -> Self {
        if is_accepted { Self::Accepted } else { Self::Refused }
    }
}

/// How ids of those begin who have no sessions.
const OTHERS: [&str; 2] = ["mch_", "org_"];

/// Which version its claims are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// `org_id` and its like; no `v`.
    One,
    /// `o` and its members; `v` is 2.
    Two,
}

impl Session {
    /// Reads it. What cannot be read refuses the token: rights are never guessed.
    pub(super) fn read(claims: &Claims, pending: Pending) -> Result<Self, AuthError> {
        check_subject(claims)?;
        check_status(claims, pending)?;
        let actor = actor(claims)?;
        let version = version(claims)?;
        let (features, plan) = match version {
            Version::One => (Vec::new(), None),
            Version::Two => {
                let listed = text(claims, "fea")?.map_or(Ok(Vec::new()), features)?;
                (listed, text(claims, "pla")?.map(str::to_owned))
            }
        };
        let organization = organization::read(claims, version, &features)?;
        Ok(Self { organization, features, plan, actor })
    }
}

/// Sessions are users': the id of a machine or an organization tells another kind of token.
fn check_subject(claims: &Claims) -> Result<(), AuthError> {
    let is_another = |sub: &str| OTHERS.iter().any(|prefix| sub.starts_with(prefix));
    match claims.claim("sub") {
        Some(sub) if !is_another(sub) => Ok(()),
        _ => Err(AuthError::ClaimMismatch("sub".into())),
    }
}

fn check_status(claims: &Claims, pending: Pending) -> Result<(), AuthError> {
    match text(claims, "sts")? {
        None | Some("active") => Ok(()),
        Some("pending") if pending == Pending::Accepted => Ok(()),
        Some(_) => Err(AuthError::ClaimMismatch("sts".into())),
    }
}

fn version(claims: &Claims) -> Result<Version, AuthError> {
    match claims.get("v") {
        None => Ok(Version::One),
        Some(version) if version == 1 => Ok(Version::One),
        Some(version) if version == 2 => Ok(Version::Two),
        Some(_) => Err(AuthError::ClaimMismatch("v".into())),
    }
}

/// `act.sub` (RFC 8693, section 4.1).
fn actor(claims: &Claims) -> Result<Option<String>, AuthError> {
    let Some(actor) = claims.get("act").filter(|actor| !actor.is_null()) else { return Ok(None) };
    let subject = actor.get("sub").and_then(Value::as_str).filter(|sub| !sub.is_empty());
    subject.map(|sub| Some(sub.to_owned())).ok_or(AuthError::ClaimMalformed("act"))
}

/// A claim that is a text if it is there; null is how a template says that there is none.
pub(super) fn text<'c>(
    claims: &'c Claims,
    name: &'static str,
) -> Result<Option<&'c str>, AuthError> {
    match claims.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(AuthError::ClaimMalformed(name)),
    }
}
