//! Who is calling: what the token says, and what Clerk said besides, in Clerk's words. Next: the
//! application.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use auth_core::{AuthError, Claims, Principal};

use super::machine_token::ClerkMachineToken;
use super::memberships::{All, ClerkMembership};
use super::organization::Organization;
use super::permissions::Feature;
use super::session::Session;

/// A caller that Clerk vouches for. Cheap to clone.
#[derive(Clone)]
pub struct ClerkUser(Arc<Known>);

/// What a caller showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClerkUserKind {
    /// A session token: a user at a browser or a device.
    Session,
    /// An opaque token of a machine, or of a client that acts for somebody.
    Machine(ClerkMachineToken),
}

#[derive(Clone)]
struct Known {
    kind: ClerkUserKind,
    claims: Claims,
    session: Session,
    memberships: Option<All>,
}

impl ClerkUser {
    pub(super) fn of_session(claims: Claims, session: Session) -> Self {
        Self::new(ClerkUserKind::Session, claims, session)
    }

    /// An organization's own key acts in that organization, without a role.
    pub(super) fn of_machine(kind: ClerkMachineToken, claims: Claims) -> Self {
        let id = Some(claims.subject()).filter(|id| id.starts_with("org_"));
        let organization = id.map(|id| Organization {
            id: id.to_owned(),
            slug: None,
            role: None,
            permissions: BTreeSet::new(),
        });
        let session = Session { organization, ..Session::default() };
        Self::new(ClerkUserKind::Machine(kind), claims, session)
    }

    fn new(kind: ClerkUserKind, claims: Claims, session: Session) -> Self {
        Self(Arc::new(Known { kind, claims, session, memberships: None }))
    }

    /// The same user, knowing what Clerk says now. Whoever has left the organization of the token
    /// may not act in it; whoever stayed has the role that Clerk says, and no permission that only
    /// one of the two says.
    pub(super) fn with_memberships(self, all: All) -> Result<Self, AuthError> {
        let mut known = Arc::unwrap_or_clone(self.0);
        if let Some(organization) = &mut known.session.organization {
            let mut memberships = all.iter();
            let membership = memberships.find(|it| it.organization_id() == organization.id);
            let membership = membership.ok_or(AuthError::AccessRefused)?;
            organization.role = Some(membership.role().to_owned());
            organization.permissions.retain(|permission| membership.has_permission(permission));
        }
        known.memberships = Some(all);
        Ok(Self(Arc::new(known)))
    }

    /// The user's id (`user_…`); of a machine's token, the id of its owner (`mch_…`, `org_…`).
    pub fn id(&self) -> &str {
        self.0.claims.subject()
    }

    /// What they showed.
    pub fn kind(&self) -> ClerkUserKind {
        self.0.kind
    }

    /// The session (`sess_…`).
    pub fn session_id(&self) -> Option<&str> {
        self.0.claims.claim("sid")
    }

    /// The organization in which they act (`org_…`).
    pub fn organization_id(&self) -> Option<&str> {
        self.acting().map(|organization| organization.id.as_str())
    }

    /// Its slug.
    pub fn organization_slug(&self) -> Option<&str> {
        self.acting()?.slug.as_deref()
    }

    /// Their role there, with its prefix: `org:admin`.
    pub fn organization_role(&self) -> Option<&str> {
        self.acting()?.role.as_deref()
    }

    /// Their permissions there, such as `org:invoices:read`.
    pub fn organization_permissions(&self) -> impl Iterator<Item = &str> {
        self.acting().into_iter().flat_map(|organization| &organization.permissions).map(|it| &**it)
    }

    /// The features that their organization's plan includes. The first version of the claims does not
    /// say.
    pub fn organization_features(&self) -> impl Iterator<Item = &str> {
        let features = self.0.session.features.iter();
        features.filter(|feature| feature.is_organizations()).map(named)
    }

    /// The features that their own plan includes.
    pub fn user_features(&self) -> impl Iterator<Item = &str> {
        let features = self.0.session.features.iter();
        features.filter(|feature| feature.is_users()).map(named)
    }

    /// The plan with its scope: `u:free`, `o:pro`.
    pub fn plan(&self) -> Option<&str> {
        self.0.session.plan.as_deref()
    }

    /// Who acts in their name (`act.sub`): somebody of the application's staff, or an agent.
    pub fn actor(&self) -> Option<&str> {
        self.0.session.actor.as_deref()
    }

    /// Whether somebody else acts in their name.
    pub fn is_impersonated(&self) -> bool {
        self.actor().is_some()
    }

    /// Their memberships; `None` unless `fetch_memberships` asks for them.
    pub fn memberships(&self) -> Option<&[ClerkMembership]> {
        self.0.memberships.as_deref()
    }

    /// Whether the organization in which they act has this id, or, without `org_` before it, this
    /// slug.
    pub fn acts_in(&self, organization: &str) -> bool {
        let known = if organization.starts_with("org_") {
            self.organization_id()
        } else {
            self.organization_slug()
        };
        known == Some(organization)
    }

    fn acting(&self) -> Option<&Organization> {
        self.0.session.organization.as_ref()
    }
}

fn named(feature: &Feature) -> &str {
    &feature.name
}

impl Principal for ClerkUser {
    fn subject(&self) -> &str {
        self.id()
    }

    fn claims(&self) -> &Claims {
        &self.0.claims
    }

    fn has_role(&self, role: &str) -> bool {
        self.organization_role() == Some(role)
    }

    fn has_permission(&self, permission: &str) -> bool {
        self.organization_permissions().any(|known| known == permission)
    }

    fn organization(&self) -> Option<&str> {
        self.organization_id()
    }
}

/// The kind and the names of the claims: the values are about a person.
impl fmt::Debug for ClerkUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClerkUser")
            .field("kind", &self.0.kind)
            .field("claims", &self.0.claims)
            .finish_non_exhaustive()
    }
}
