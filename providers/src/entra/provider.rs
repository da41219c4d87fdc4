//! Access tokens of Microsoft Entra ID, in version 1.0 or 2.0, of one tenant or several.
//!
//! In: a token. Out: an [`EntraUser`]. Checked: RS256 with a key that may sign for this tenant, an
//! issuer that agrees with `tid`, a tenant on the list, audience, times, and what ID tokens lack. See
//! <https://learn.microsoft.com/entra/identity-platform/claims-validation>. Next: `tenant`, `user`.

use auth_core::jwt::Vocabulary;
use auth_core::{AuthError, AuthProvider, Authenticate, Domain, Request, Token, Verifier};

use super::tenant::{Tenants, authority, public_cloud};
use super::user::{EntraUser, is_access_token, refuse_for_graph};

/// Accepts access tokens issued by Microsoft Entra ID.
#[derive(AuthProvider)]
#[auth(name = "entra")]
pub struct Entra {
    /// Tenants whose users and services may call, by id.
    #[auth(env = ["ENTRA_TENANT_IDS", "AZURE_TENANT_ID"])]
    tenant_ids: Vec<String>,

    /// What the token may be for: the API's client id, its App ID URI (`api://..`), or both.
    #[auth(env = ["ENTRA_AUDIENCES", "AZURE_CLIENT_ID"])]
    audiences: Vec<String>,

    /// Host of the cloud, `login.microsoftonline.com` unless told otherwise:
    /// `login.microsoftonline.us` and `login.partner.microsoftonline.cn` are the sovereign ones.
    #[auth(env = "AZURE_AUTHORITY_HOST", default = public_cloud(), parse = authority)]
    authority_host: Domain,

    #[auth(init = Tenants::of(tenant_ids, authority_host)?)]
    tenants: Tenants,

    #[auth(init = Verifier::remote(tenants.keys_url())
        .issuers(tenants.issuers()).audiences(audiences)
        .expect("tid", tenant_ids)
        .require("oid").require("sub")
        .check(tenants.speaking_for_themselves())
        .check(is_access_token)
        .check_key_issuer(tenants.signing_for_themselves())
        .vocabulary(Vocabulary::new().scopes(["scp"]).roles(["roles"]).organization(["tid"]))
        .build_in(environment)?)]
    verifier: Verifier,
}

impl Authenticate for Entra {
    type User = EntraUser;

    async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<EntraUser, AuthError> {
        refuse_for_graph(token)?;
        self.verifier.verify_request(token, request).await.map(EntraUser::new)
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.verifier)
    }
}
