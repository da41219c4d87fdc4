//! Sessions of AuthKit, WorkOS's hosted sign-in.
//!
//! In: the access token of a session. Out: a [`WorkOsUser`]. Checked: RS256 with the keys of the one
//! client, its issuer in any form that this client's tokens have, times, the organization where one
//! is pinned; then WorkOS is asked whether there is such a user. See
//! <https://workos.com/docs/authkit/sessions>. Next: `sessions`.

use std::time::Duration;

use auth_core::jwt::ClaimPath;
use auth_core::{
    Access, AuthError, AuthProvider, Authenticate, Domain, Principal, Request, Secret, Token,
    Verifier,
};
use url::Url;

use super::client_id::ClientId;
use super::directory::{self, Directory};
use super::fga::Fga;
use super::sessions::{self, Sessions};
use super::user::{TrustedClaims, WorkOsUser};

/// Accepts access tokens of AuthKit sessions.
#[derive(AuthProvider)]
#[auth(name = "workos", check = Self::check)]
pub struct WorkOs {
    /// API key of the environment, `sk_…`, with which users and memberships are asked for.
    #[auth(env = "WORKOS_API_KEY", parse = directory::api_key)]
    api_key: Secret<String>,

    /// Client id of the environment, `client_…`: only its keys count.
    #[auth(env = "WORKOS_CLIENT_ID")]
    client_id: ClientId,

    /// Where AuthKit sends users back to. Nothing here needs it; kept for the sign-in route of the
    /// application.
    #[auth(env = "WORKOS_REDIRECT_URI")]
    redirect_uri: Option<Url>,

    /// Custom domain of the authentication API, in place of `api.workos.com`: keys and users are
    /// asked for there, and its issuers are trusted besides WorkOS's own.
    #[auth(env = "WORKOS_API_HOSTNAME")]
    api_hostname: Option<Domain>,

    /// Issuers to trust, separated by commas, instead of every form that the client's tokens have.
    #[auth(env = "WORKOS_ISSUER")]
    issuers: Option<Vec<String>>,

    /// Audience that `aud` must contain, where a JWT template adds one. Not checked when absent.
    #[auth(env = "WORKOS_AUDIENCE")]
    audience: Option<String>,

    /// Organization, `org_…`, in which users have to act: tokens of any other are refused.
    #[auth(env = "WORKOS_ORGANIZATION_ID")]
    organization: Option<String>,

    /// Role that the user must have in the organization in which they act.
    #[auth(env = "WORKOS_REQUIRE_ROLE")]
    require_role: Option<String>,

    /// Lists the user's memberships, which then decide about organization and roles.
    #[auth(env = "WORKOS_FETCH_MEMBERSHIPS", default = false)]
    fetch_memberships: bool,

    /// Takes verified claims for the user, who is not asked for: for service tokens and custom JWT
    /// templates. Somebody who was deleted is let in until their token expires.
    #[auth(env = "WORKOS_TRUST_JWT_CLAIMS", default = false)]
    trust_jwt_claims: bool,

    /// Where trusted claims hold the user's id in the application.
    #[auth(env = "WORKOS_CLAIM_USER_ID", default = ClaimPath::name("sub"))]
    user_id_claim: ClaimPath,

    /// Where trusted claims hold the user's id at WorkOS.
    #[auth(env = "WORKOS_CLAIM_WORKOS_ID", default = ClaimPath::name("sub"))]
    workos_id_claim: ClaimPath,

    /// Where trusted claims hold the user's address.
    #[auth(env = "WORKOS_CLAIM_EMAIL", default = ClaimPath::name("email"))]
    email_claim: ClaimPath,

    /// Where trusted claims hold the user's name.
    #[auth(env = "WORKOS_CLAIM_NAME", default = ClaimPath::name("name"))]
    name_claim: ClaimPath,

    /// Where trusted claims hold the organization.
    #[auth(env = "WORKOS_CLAIM_ORGANIZATION_ID", default = ClaimPath::name("org_id"))]
    organization_id_claim: ClaimPath,

    /// Where trusted claims hold the membership.
    #[auth(
        env = "WORKOS_CLAIM_ORGANIZATION_MEMBERSHIP_ID",
        default = ClaimPath::name("organization_membership_id")
    )]
    organization_membership_id_claim: ClaimPath,

    /// Where claims hold roles, instead of `roles` and `role`.
    #[auth(env = "WORKOS_CLAIM_ROLES")]
    roles_claim: Option<ClaimPath>,

    /// Where claims hold permissions, instead of `permissions`.
    #[auth(env = "WORKOS_CLAIM_PERMISSIONS")]
    permissions_claim: Option<ClaimPath>,

    /// How long what WorkOS says of a user is kept: so long somebody who was deleted, or left an
    /// organization, may go on. At most 5 minutes.
    #[auth(env = "WORKOS_KEPT_FOR", default = Duration::from_secs(30))]
    kept_for: Duration,

    #[auth(init = sessions::base(api_hostname.as_ref()))]
    base: String,

    /// Where tokens name the organization: elsewhere only if they are trusted with it.
    #[auth(init = if *trust_jwt_claims {
        organization_id_claim.clone()
    } else {
        ClaimPath::name("org_id")
    })]
    organization_claim: ClaimPath,

    #[auth(init = Sessions {
        client_id,
        base,
        issuers: issuers.as_deref(),
        audience,
        pinned: organization.as_ref().map(|it| (it, organization_claim)),
        vocabulary: sessions::vocabulary(roles_claim.as_ref(), permissions_claim.as_ref()),
    }.verifier(environment)?)]
    verifier: Verifier,

    #[auth(init = Directory::at(base, api_key, *kept_for, environment)?)]
    directory: Directory,
}

impl WorkOs {
    /// Where AuthKit sends users back to, for the sign-in route of the application.
    pub const fn redirect_uri(&self) -> Option<&Url> {
        self.redirect_uri.as_ref()
    }

    /// Fine-grained authorization with the same key: what the users of this provider may do with
    /// which resource.
    pub fn fga(&self) -> Fga {
        Fga::of(self.directory.clone())
    }

    fn check(&self) -> Result<(), String> {
        directory::kept_briefly("kept_for", self.kept_for)
    }

    /// Roles come from memberships, unless the token is trusted with them.
    fn lists_memberships(&self) -> bool {
        self.fetch_memberships || (self.require_role.is_some() && !self.trust_jwt_claims)
    }

    const fn trusted_claims(&self) -> TrustedClaims<'_> {
        TrustedClaims {
            user_id: &self.user_id_claim,
            workos_id: &self.workos_id_claim,
            email: &self.email_claim,
            name: &self.name_claim,
            organization_id: &self.organization_id_claim,
            organization_membership_id: &self.organization_membership_id_claim,
        }
    }
}

impl Authenticate for WorkOs {
    type User = WorkOsUser;

    async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<WorkOsUser, AuthError> {
        let claims = self.verifier.verify_request(token, request).await?;
        let user = if self.trust_jwt_claims {
            WorkOsUser::trusted(claims, &self.trusted_claims())?
        } else {
            let record = self.directory.user(claims.subject()).await?;
            WorkOsUser::fetched(claims, &record)?
        };
        if !self.lists_memberships() {
            return Ok(user);
        }
        let missing = || AuthError::ClaimMissing(self.workos_id_claim.to_string().into());
        let memberships = self.directory.memberships(user.workos_id().ok_or_else(missing)?).await?;
        user.with_memberships(memberships)
    }

    async fn authorize(&self, user: &WorkOsUser, _: &Request<'_>) -> Result<Access, AuthError> {
        Ok(self.require_role.as_ref().is_none_or(|role| user.has_role(role)).into())
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.verifier)
    }
}
