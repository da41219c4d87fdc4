//! The organization in which a user acts, in either version of the claims.
//!
//! The first version has `org_id`, `org_slug`, `org_role` and `org_permissions`; the second has `o`
//! and a compact form of permissions. A token that has both has to say the same twice: whichever one
//! a reader prefers, there is one answer. Next: `permissions`.

use std::collections::BTreeSet;

use auth_core::{AuthError, Claims};
use serde_json::{Map, Value};

use super::permissions::{Feature, permissions};
use super::session::{Version, text};

/// An organization, and what a user is and may do in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Organization {
    pub(super) id: String,
    pub(super) slug: Option<String>,
    /// With its prefix: `org:admin`.
    pub(super) role: Option<String>,
    /// `org:{feature}:{permission}`.
    pub(super) permissions: BTreeSet<String>,
}

/// The organization that the claims name, in the version that they are of.
pub(super) fn read(
    claims: &Claims,
    version: Version,
    features: &[Feature],
) -> Result<Option<Organization>, AuthError> {
    let second = second(claims, features)?;
    match version {
        Version::Two => {
            agrees(claims, second.as_ref())?;
            Ok(second)
        }
        Version::One => {
            let first = first(claims)?;
            match (&first, &second) {
                (_, None) => Ok(first),
                (Some(one), Some(two)) if one.is_named_as(two) => Ok(first),
                _ => Err(AuthError::ClaimMismatch("o".into())),
            }
        }
    }
}

impl Organization {
    /// Permissions are left out: without its version, nobody can say what a compact form means.
    fn is_named_as(&self, other: &Self) -> bool {
        (&self.id, &self.slug, &self.role) == (&other.id, &other.slug, &other.role)
    }
}

fn first(claims: &Claims) -> Result<Option<Organization>, AuthError> {
    let slug = text(claims, "org_slug")?.map(str::to_owned);
    let role = text(claims, "org_role")?.map(str::to_owned);
    let permissions = listed(claims)?;
    let Some(id) = text(claims, "org_id")? else {
        let is_nowhere = slug.is_none() && role.is_none() && permissions.is_none();
        return if is_nowhere { Ok(None) } else { Err(AuthError::ClaimMissing("org_id".into())) };
    };
    let id = Some(id).filter(|id| !id.is_empty()).ok_or(AuthError::ClaimMalformed("org_id"))?;
    let permissions = permissions.unwrap_or_default();
    Ok(Some(Organization { id: id.to_owned(), slug, role, permissions }))
}

fn second(claims: &Claims, features: &[Feature]) -> Result<Option<Organization>, AuthError> {
    let members = match claims.get("o") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Object(members)) => members,
        Some(_) => return Err(AuthError::ClaimMalformed("o")),
    };
    let id = member(members, "id")?.filter(|id| !id.is_empty());
    let id = id.ok_or(AuthError::ClaimMalformed("o"))?.to_owned();
    let slug = member(members, "slg")?.map(str::to_owned);
    // The second version leaves the prefix out; the first has it.
    let role = member(members, "rol")?.map(|role| format!("org:{role}"));
    let permissions = match (member(members, "per")?, member(members, "fpm")?) {
        (Some(per), Some(fpm)) => permissions(features, per, fpm),
        _ => BTreeSet::new(),
    };
    Ok(Some(Organization { id, slug, role, permissions }))
}

/// Whether claims of the first version, where a token of the second has any, say the same.
fn agrees(claims: &Claims, organization: Option<&Organization>) -> Result<(), AuthError> {
    let names = [
        ("org_id", organization.map(|organization| organization.id.as_str())),
        ("org_slug", organization.and_then(|organization| organization.slug.as_deref())),
        ("org_role", organization.and_then(|organization| organization.role.as_deref())),
    ];
    for (name, ours) in names {
        if text(claims, name)?.is_some_and(|said| Some(said) != ours) {
            return Err(AuthError::ClaimMismatch(name.into()));
        }
    }
    match (listed(claims)?, organization) {
        (None, _) => Ok(()),
        (Some(said), Some(organization)) if said == organization.permissions => Ok(()),
        _ => Err(AuthError::ClaimMismatch("org_permissions".into())),
    }
}

fn listed(claims: &Claims) -> Result<Option<BTreeSet<String>>, AuthError> {
    const MALFORMED: AuthError = AuthError::ClaimMalformed("org_permissions");
    match claims.get("org_permissions") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(items)) => {
            let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
            texts.collect::<Option<_>>().map(Some).ok_or(MALFORMED)
        }
        Some(_) => Err(MALFORMED),
    }
}

fn member<'m>(members: &'m Map<String, Value>, name: &str) -> Result<Option<&'m str>, AuthError> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(AuthError::ClaimMalformed("o")),
    }
}
