//! Access tokens of Microsoft Entra ID, in version 1.0 or 2.0, of one tenant or several.
//!
//! In: a token. Out: an [`EntraUser`]. Checked: RS256 with a key that may sign for this tenant, an
//! issuer that agrees with `tid`, a tenant on the list, audience, times, and what ID tokens lack. See
//! <https://learn.microsoft.com/entra/identity-platform/claims-validation>. Next: `tenant`, `user`.

use auth_core::jwt::{Unverified, VerifierBuilder, Vocabulary};
use auth_core::{AuthError, AuthProvider, Authenticate, Claims, Domain, Request, Token, Verifier};

use super::tenant::{is_guid, is_of_its_tenant, issuers, may_sign};
use super::user::EntraUser;

/// Accepts access tokens issued by Microsoft Entra ID.
#[derive(AuthProvider)]
#[auth(name = "entra", check = Self::check)]
pub struct Entra {
    /// Tenants whose users and services may call, by id.
    #[auth(env = ["ENTRA_TENANT_IDS", "AZURE_TENANT_ID"])]
    tenant_ids: Vec<String>,

    /// What the token may be for: the API's client id, its App ID URI (`api://..`), or both.
    #[auth(env = ["ENTRA_AUDIENCES", "AZURE_CLIENT_ID"])]
    audiences: Vec<String>,

    /// Host of the cloud: `login.microsoftonline.us` and `login.partner.microsoftonline.cn` are the
    /// sovereign ones.
    #[auth(
        env = "AZURE_AUTHORITY_HOST",
        default = Domain::parse("login.microsoftonline.com").expect("a host name"),
        parse = authority
    )]
    authority_host: Domain,

    #[auth(init = verifier(tenant_ids, audiences, authority_host).build_in(environment)?)]
    verifier: Verifier,
}

impl Authenticate for Entra {
    type User = EntraUser;

    async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<EntraUser, AuthError> {
        if Unverified::read(token)?.header("nonce").is_some() {
            let problem =
                "it has a nonce: tokens for Microsoft Graph can be verified by nobody else";
            return Err(AuthError::HeaderMalformed(problem));
        }
        self.verifier.verify_request(token, request).await.map(EntraUser::new)
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.verifier)
    }
}

impl Entra {
    fn check(&self) -> Result<(), String> {
        let wrong = self.tenant_ids.iter().find(|id| !is_guid(id));
        wrong.map_or(Ok(()), |id| {
            Err(format!(
                "tenant_ids: expected the id of a tenant, a GUID in lower case, found {id:?}"
            ))
        })
    }
}

fn verifier(tenants: &[String], audiences: &[String], host: &Domain) -> VerifierBuilder {
    // One tenant has a key set of its own; all share the other, in which keys name their tenants.
    let set = if let [tenant] = tenants { tenant } else { "common" };
    let (authority, keys) = (host.clone(), host.url(&format!("{set}/discovery/v2.0/keys")));
    let entra = tenants.iter().flat_map(|tenant| issuers(&authority, tenant));
    let entra = entra.fold(Verifier::remote(keys), VerifierBuilder::issuer);
    let (host, authority) = (host.clone(), host.clone());
    audiences
        .iter()
        .fold(entra, VerifierBuilder::audience)
        .expect("tid", tenants)
        .require("oid")
        .require("sub")
        .check(move |claims| is_of_its_tenant(&host, claims))
        .check(is_access_token)
        .check_key_issuer(move |issuer, claims| may_sign(&authority, issuer, claims))
        .vocabulary(Vocabulary::new().scopes(["scp"]).roles(["roles"]).organization(["tid"]))
}

/// An ID token names no client that calls, and grants nothing.
fn is_access_token(claims: &Claims) -> Result<(), AuthError> {
    if claims.get("azp").or(claims.get("appid")).is_none() {
        return Err(AuthError::ClaimMissing("azp".into()));
    }
    let grants = claims.scopes().next().or(claims.roles().next());
    grants.map(|_| ()).ok_or(AuthError::ClaimMissing("scp".into()))
}

/// Other libraries take the host from the same variable, as an address.
fn authority(text: &str) -> Result<Domain, auth_core::config::ValueError> {
    let host = text.strip_prefix("https://").unwrap_or(text);
    Domain::parse(host.strip_suffix('/').unwrap_or(host))
}
