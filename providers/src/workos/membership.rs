//! A membership: who belongs to which organization, and in which roles. Next: `user`.

use std::fmt;

use serde::Deserialize;

/// An active membership of a user in an organization.
///
/// <https://workos.com/docs/reference/authkit/organization-membership>
#[derive(Clone, PartialEq, Eq)]
pub struct WorkOsMembership {
    pub(super) id: String,
    pub(super) organization_id: String,
    pub(super) organization_name: Option<String>,
    pub(super) roles: Vec<String>,
}

/// As WorkOS writes it. What is not read is left out.
#[derive(Debug, Deserialize)]
pub(super) struct Written {
    pub(super) id: String,
    pub(super) user_id: String,
    pub(super) organization_id: String,
    pub(super) status: String,
    #[serde(default)]
    organization_name: Option<String>,
    #[serde(default)]
    role: Option<Role>,
    #[serde(default)]
    roles: Option<Vec<Role>>,
}

#[derive(Debug, Deserialize)]
struct Role {
    slug: String,
}

impl WorkOsMembership {
    /// Its id, `om_…`: what fine-grained authorization knows the user by.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The organization, `org_…`.
    pub fn organization_id(&self) -> &str {
        &self.organization_id
    }

    /// The organization's name, for people.
    pub fn organization_name(&self) -> Option<&str> {
        self.organization_name.as_deref()
    }

    /// The slugs of the roles in this organization.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().map(String::as_str)
    }

    /// Whether the user has this very role in this organization.
    pub fn has_role(&self, role: &str) -> bool {
        self.roles().any(|given| given == role)
    }
}

impl From<Written> for WorkOsMembership {
    fn from(written: Written) -> Self {
        let several = written.roles.into_iter().flatten();
        let mut roles: Vec<_> = written.role.into_iter().chain(several).map(|it| it.slug).collect();
        roles.sort_unstable();
        roles.dedup();
        let Written { id, organization_id, organization_name, .. } = written;
        Self { id, organization_id, organization_name, roles }
    }
}

/// The one membership in which a user acts: the named one, that of the named organization, or the
/// only one. Of several nobody can say which is meant.
pub(super) fn acting<'m>(
    memberships: &'m [WorkOsMembership],
    id: Option<&str>,
    organization: Option<&str>,
) -> Option<&'m WorkOsMembership> {
    let fits = |membership: &&WorkOsMembership| {
        id.is_none_or(|id| membership.id == id)
            && organization.is_none_or(|named| membership.organization_id == named)
    };
    let mut fitting = memberships.iter().filter(fits);
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// Nothing: who belongs where is about a person.
impl fmt::Debug for WorkOsMembership {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WorkOsMembership")
    }
}
