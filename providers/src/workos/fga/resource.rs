//! What a question is about: a permission, and the resource it is for. Next: `member`.

use serde_json::{Value, json};

/// A resource, as WorkOS knows it.
///
/// <https://workos.com/docs/reference/fga/resource>
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FgaResource(Named);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Named {
    Id(String),
    External { kind: String, id: String },
}

/// A permission, and the resource it is needed for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FgaNeed {
    pub(super) permission: String,
    pub(super) resource: FgaResource,
}

impl FgaResource {
    /// By WorkOS's own id, `authz_resource_…`.
    pub fn id(id: impl Into<String>) -> Self {
        Self(Named::Id(id.into()))
    }

    /// By its type and the id that the application gave it.
    pub fn external(kind: impl Into<String>, id: impl Into<String>) -> Self {
        Self(Named::External { kind: kind.into(), id: id.into() })
    }

    /// Its type and its id, where it is named by them.
    pub(super) fn kind_and_id(&self) -> Option<(&str, &str)> {
        match &self.0 {
            Named::Id(_) => None,
            Named::External { kind, id } => Some((kind, id)),
        }
    }
}

impl FgaNeed {
    /// This permission for that resource.
    pub fn new(permission: impl Into<String>, resource: FgaResource) -> Self {
        Self { permission: permission.into(), resource }
    }

    /// The question, as `POST /authorization/organization_memberships/{id}/check` has it: one way of
    /// naming the resource, never both.
    pub(super) fn question(&self) -> Value {
        match &self.resource.0 {
            Named::Id(id) => json!({ "permission_slug": self.permission, "resource_id": id }),
            Named::External { kind, id } => json!({
                "permission_slug": self.permission,
                "resource_external_id": id,
                "resource_type_slug": kind,
            }),
        }
    }
}
