//! A provider whose users are asked for, request by request: sessions as `WorkOs` accepts them, and
//! a table that says which permission for which resource a request needs.
//!
//! In: the access token of a session. Out: a [`WorkOsUser`], and yes or no. What no line of the
//! table is about is refused. Next: `authorizer`.

use std::time::Duration;

use auth_core::jwt::ClaimPath;
use auth_core::{
    Access, AuthError, AuthProvider, Authenticate, Domain, Principal, Request, Secret, Token,
    Verifier,
};

use super::authorizer::Fga;
use super::interface::FgaInterface;
use super::rule::FgaRule;
use crate::workos::client_id::ClientId;
use crate::workos::directory::{self, Directory};
use crate::workos::sessions::{self, Sessions};
use crate::workos::user::WorkOsUser;

/// Accepts access tokens of AuthKit sessions, and asks WorkOS what their users may do.
#[derive(AuthProvider)]
#[auth(name = "workos-fga", check = Self::check)]
pub struct WorkOsFga {
    /// API key of the environment, `sk_…`, with which users, memberships and permissions are asked
    /// for.
    #[auth(env = "WORKOS_API_KEY", parse = directory::api_key)]
    api_key: Secret<String>,

    /// Client id of the environment, `client_…`: only its keys count.
    #[auth(env = "WORKOS_CLIENT_ID")]
    client_id: ClientId,

    /// What requests need, separated by commas; the first line that fits decides, and what none
    /// fits is refused: `GET /documents/:id document:view document/:id`.
    #[auth(env = "WORKOS_FGA_RULES")]
    rules: Vec<FgaRule>,

    /// Which of WorkOS's interfaces is asked: `authorization`, or `warrants`, the older one.
    #[auth(env = "WORKOS_FGA_INTERFACE", default)]
    interface: FgaInterface,

    /// Custom domain of the authentication API, in place of `api.workos.com`.
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

    /// How long what WorkOS says of users and memberships is kept: at most 5 minutes.
    #[auth(env = "WORKOS_KEPT_FOR", default = Duration::from_secs(30))]
    kept_for: Duration,

    /// How long what WorkOS says of permissions is kept: so long a withdrawn one may go on,
    /// at most 5 minutes.
    #[auth(env = "WORKOS_FGA_KEPT_FOR", default = Duration::ZERO)]
    permissions_kept_for: Duration,

    #[auth(init = sessions::base(api_hostname.as_ref()))]
    base: String,

    #[auth(init = ClaimPath::name("org_id"))]
    organization_claim: ClaimPath,

    #[auth(init = Sessions {
        client_id,
        base,
        issuers: issuers.as_deref(),
        audience,
        pinned: organization.as_ref().map(|it| (it, organization_claim)),
        vocabulary: sessions::vocabulary(None, None),
    }.verifier(environment)?)]
    verifier: Verifier,

    #[auth(init = Directory::at(base, api_key, *kept_for, environment)?)]
    directory: Directory,

    #[auth(init = Fga::of(directory.clone()).through(*interface).keeping(*permissions_kept_for))]
    fga: Fga,
}

impl WorkOsFga {
    /// What it asks with, for questions that no path can tell.
    pub fn fga(&self) -> Fga {
        self.fga.clone()
    }

    fn check(&self) -> Result<(), String> {
        if self.rules.is_empty() {
            return Err("the table of rules is empty: every request would be refused".to_owned());
        }
        directory::kept_briefly("kept_for", self.kept_for)?;
        directory::kept_briefly("permissions_kept_for", self.permissions_kept_for)
    }
}

impl Authenticate for WorkOsFga {
    type User = WorkOsUser;

    async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<WorkOsUser, AuthError> {
        let claims = self.verifier.verify_request(token, request).await?;
        let record = self.directory.user(claims.subject()).await?;
        WorkOsUser::fetched(claims, &record)
    }

    async fn authorize(
        &self,
        user: &WorkOsUser,
        request: &Request<'_>,
    ) -> Result<Access, AuthError> {
        match self.rules.iter().find_map(|rule| rule.need(request)) {
            Some(need) => self.fga.check_user(user, need).await,
            None => Ok(Access::Refused),
        }
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.verifier)
    }
}
