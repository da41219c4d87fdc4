//! Who calls through Microsoft Entra ID: a user of a tenant, or a service.

use auth_core::jwt::Unverified;
use auth_core::{AuthError, Claims, Principal, Token};

/// A user or a service of a tenant.
///
/// `subject()` is `sub`, which is another one in each application; [`EntraUser::identity`] is the same
/// in all of a tenant's. `has_scope` reads `scp`, `has_role` reads `roles`, `organization()` is the
/// tenant.
#[derive(Clone, PartialEq, Eq)]
pub struct EntraUser(Claims);

impl EntraUser {
    pub(super) const fn new(claims: Claims) -> Self {
        Self(claims)
    }

    /// Tenant (`tid`) and object (`oid`): what to keep data under. An object's id alone is unique in
    /// its tenant only.
    pub fn identity(&self) -> (&str, &str) {
        (self.tenant_id(), self.object_id())
    }

    /// The tenant (`tid`).
    pub fn tenant_id(&self) -> &str {
        self.text("tid")
    }

    /// The user or the service principal in its tenant (`oid`).
    pub fn object_id(&self) -> &str {
        self.text("oid")
    }

    /// The application that calls (`azp`, in version 1.0 `appid`).
    pub fn client_id(&self) -> &str {
        self.0.claim("azp").unwrap_or_else(|| self.text("appid"))
    }

    /// Whether an application calls for itself, without a user: it has no `scp` then.
    pub fn is_application(&self) -> bool {
        self.0.scopes().next().is_none()
    }

    /// A claim that was verified to be there; empty where it is no text.
    fn text(&self, name: &str) -> &str {
        self.0.claim(name).unwrap_or_default()
    }
}

/// An ID token names no client that calls, and grants nothing.
pub(super) fn is_access_token(claims: &Claims) -> Result<(), AuthError> {
    if claims.get("azp").or(claims.get("appid")).is_none() {
        return Err(AuthError::ClaimMissing("azp".into()));
    }
    let grants = claims.scopes().next().or(claims.roles().next());
    grants.map(|_| ()).ok_or(AuthError::ClaimMissing("scp".into()))
}

/// A token for Microsoft Graph is refused before a key is looked for.
pub(super) fn refuse_for_graph(token: &Token<'_>) -> Result<(), AuthError> {
    if Unverified::read(token)?.header("nonce").is_some() {
        let problem = "it has a nonce: tokens for Microsoft Graph can be verified by nobody else";
        return Err(AuthError::HeaderMalformed(problem));
    }
    Ok(())
}

impl Principal for EntraUser {
    fn subject(&self) -> &str {
        self.0.subject()
    }

    fn claims(&self) -> &Claims {
        &self.0
    }
}

/// Tenant and names of claims: the rest is about a person.
impl std::fmt::Debug for EntraUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EntraUser")
            .field("tenant_id", &self.tenant_id())
            .field("claims", &self.0)
            .finish_non_exhaustive()
    }
}
