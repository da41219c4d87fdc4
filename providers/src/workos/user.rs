//! Who is calling, in WorkOS's words: verified claims and what WorkOS says of the user in,
//! [`WorkOsUser`] out. Next: step 8, the provider's rule.

use std::fmt;
use std::sync::Arc;

use auth_core::jwt::ClaimPath;
use auth_core::{AuthError, Claims, Principal};

use super::directory::Record;
use super::membership::{WorkOsMembership, acting};

/// A user of AuthKit. Cheap to clone.
#[derive(Clone)]
pub struct WorkOsUser(Arc<Known>);

#[derive(Clone)]
struct Known {
    claims: Claims,
    id: String,
    workos_id: Option<String>,
    email: Option<String>,
    email_verified: Option<bool>,
    name: Option<String>,
    external_id: Option<String>,
    impersonator: Option<String>,
    organization: Option<String>,
    membership_id: Option<String>,
    memberships: Option<Arc<[WorkOsMembership]>>,
}

/// Where trusted claims say who somebody is.
#[derive(Debug)]
pub(super) struct TrustedClaims<'p> {
    pub(super) user_id: &'p ClaimPath,
    pub(super) workos_id: &'p ClaimPath,
    pub(super) email: &'p ClaimPath,
    pub(super) name: &'p ClaimPath,
    pub(super) organization_id: &'p ClaimPath,
    pub(super) organization_membership_id: &'p ClaimPath,
}

impl WorkOsUser {
    /// The user whom WorkOS knows, in the organization that the token names.
    pub(super) fn fetched(claims: Claims, record: &Record) -> Result<Self, AuthError> {
        let id = claims.subject().to_owned();
        let names = [&record.first_name, &record.last_name];
        let names: Vec<_> = names.into_iter().filter_map(Option::as_deref).collect();
        Ok(Self(Arc::new(Known {
            workos_id: Some(id.clone()),
            id,
            email: Some(record.email.clone()),
            email_verified: Some(record.email_verified),
            name: (!names.is_empty()).then(|| names.join(" ")),
            external_id: record.external_id.clone(),
            impersonator: impersonator(&claims)?,
            organization: claims.organization().map(str::to_owned),
            membership_id: None,
            memberships: None,
            claims,
        })))
    }

    /// The user as verified claims tell of them, and nobody else.
    pub(super) fn trusted(claims: Claims, paths: &TrustedClaims<'_>) -> Result<Self, AuthError> {
        let text = |path: &ClaimPath| path.text(&claims).map(str::to_owned);
        let missing = || AuthError::ClaimMissing(paths.user_id.to_string().into());
        Ok(Self(Arc::new(Known {
            id: text(paths.user_id).ok_or_else(missing)?,
            workos_id: text(paths.workos_id),
            email: text(paths.email),
            email_verified: None,
            name: text(paths.name),
            external_id: None,
            impersonator: impersonator(&claims)?,
            organization: text(paths.organization_id),
            membership_id: text(paths.organization_membership_id),
            memberships: None,
            claims,
        })))
    }

    /// The same user with their memberships.
    ///
    /// The only one decides about the organization where the token does not; of several, none is
    /// guessed. A token for an organization to which the user does not belong (any more) is refused.
    pub(super) fn with_memberships(
        mut self,
        memberships: Arc<[WorkOsMembership]>,
    ) -> Result<Self, AuthError> {
        let known = Arc::make_mut(&mut self.0);
        let (id, organization) = (known.membership_id.as_deref(), known.organization.as_deref());
        match acting(&memberships, id, organization) {
            Some(acting) => known.organization = Some(acting.organization_id.clone()),
            None if id.or(organization).is_some() => return Err(AuthError::UserInactive),
            None => {}
        }
        known.memberships = Some(memberships);
        Ok(self)
    }

    /// Their id at WorkOS, `user_…`; `None` for a service, and for claims that do not name it.
    pub fn workos_id(&self) -> Option<&str> {
        self.0.workos_id.as_deref()
    }

    /// Their address.
    pub fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }

    /// Whether they have shown that the address is theirs; `None` when the user was not fetched.
    pub fn email_verified(&self) -> Option<bool> {
        self.0.email_verified
    }

    /// Their name.
    pub fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// The id that the application gave them.
    pub fn external_id(&self) -> Option<&str> {
        self.0.external_id.as_deref()
    }

    /// The session (`sid`).
    pub fn session_id(&self) -> Option<&str> {
        self.0.claims.claim("sid")
    }

    /// Who really sits there, when somebody of the staff acts as this user (`act`, RFC 8693, section
    /// 4.1).
    pub fn impersonator(&self) -> Option<&str> {
        self.0.impersonator.as_deref()
    }

    /// Every active membership; `None` when the provider does not list them.
    pub fn memberships(&self) -> Option<&[WorkOsMembership]> {
        self.0.memberships.as_deref()
    }

    /// The membership in which they act, among those that were listed.
    pub fn membership(&self) -> Option<&WorkOsMembership> {
        let known = &*self.0;
        let id = known.membership_id.as_deref();
        acting(known.memberships.as_deref()?, id, known.organization.as_deref())
    }

    /// The id of that membership, `om_…`, as it was listed, or as trusted claims say.
    pub fn membership_id(&self) -> Option<&str> {
        self.membership().map(WorkOsMembership::id).or(self.0.membership_id.as_deref())
    }
}

/// Somebody who acts as another is never mistaken for them: what cannot be read is refused.
fn impersonator(claims: &Claims) -> Result<Option<String>, AuthError> {
    let Some(actor) = claims.get("act").filter(|actor| !actor.is_null()) else { return Ok(None) };
    let named = actor.get("sub").and_then(|name| name.as_str()).filter(|name| !name.is_empty());
    named.map(|name| Some(name.to_owned())).ok_or(AuthError::ClaimMalformed("act"))
}

impl Principal for WorkOsUser {
    fn subject(&self) -> &str {
        &self.0.id
    }

    fn claims(&self) -> &Claims {
        &self.0.claims
    }

    /// In the membership in which they act, where memberships are listed: a token may be older than
    /// a change of roles.
    fn has_role(&self, role: &str) -> bool {
        match self.0.memberships {
            Some(_) => self.membership().is_some_and(|membership| membership.has_role(role)),
            None => self.0.claims.has_role(role),
        }
    }

    fn organization(&self) -> Option<&str> {
        self.0.organization.as_deref()
    }
}

/// The names of the claims only: the values are about a person.
impl fmt::Debug for WorkOsUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkOsUser").field("claims", &self.0.claims).finish_non_exhaustive()
    }
}
