//! The options, and the walk of one token: its kind, its signature and claims, what a session says,
//! what Clerk itself says where that is asked for, and the organization that is required.
//!
//! In: a token. Out: a [`ClerkUser`]. Next: `publishable_key`, then the files in the order of
//! `mod.rs`.

use std::time::Duration;

use auth_core::jwt::{TokenType, Vocabulary};
use auth_core::upstream::Upstream;
use auth_core::{
    Algorithm, AuthError, AuthProvider, Authenticate, Domain, Request, Secret, Token, Verifier,
};

use super::machine::Machines;
use super::machine_token::ClerkMachineToken;
use super::memberships::Memberships;
use super::publishable_key::ClerkPublishableKey;
use super::session::Session;
use super::user::ClerkUser;
use super::{api, category, frontend};

/// Accepts session tokens of a Clerk instance, and machine tokens where they are asked for.
#[derive(AuthProvider)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that an operator names")]
#[auth(name = "clerk")]
pub struct Clerk {
    /// Publishable key, such as `pk_live_Y2xlcm...`: it names the host that issues the tokens.
    #[auth(
        env = ["CLERK_PUBLISHABLE_KEY", "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY"],
        secret = false
    )]
    publishable_key: ClerkPublishableKey,

    /// Secret key (`sk_live_...`). Needed only where Clerk itself is asked.
    #[auth(env = "CLERK_SECRET_KEY", parse = api::secret_key)]
    secret_key: Option<Secret<String>>,

    /// Address of the keys. When absent, `/.well-known/jwks.json` of the issuer.
    #[auth(env = "CLERK_JWKS_URI")]
    jwks_uri: Option<String>,

    /// Public key as PEM, as the dashboard shows it. With it no key is fetched.
    #[auth(env = "CLERK_JWT_KEY", secret = false)]
    jwt_key: Option<String>,

    /// Issuer that the token's `iss` must equal, instead of the publishable key's host.
    #[auth(env = "CLERK_ISSUER")]
    issuer: Option<String>,

    /// Satellite domain: the issuer is then `https://clerk.` and this.
    #[auth(env = "CLERK_DOMAIN")]
    domain: Option<Domain>,

    /// Address of a proxy before the frontend API: the issuer is then this.
    #[auth(env = "CLERK_PROXY_URL")]
    proxy_url: Option<String>,

    /// Origins that may present tokens, such as `https://app.acme.example`. When given, the token's
    /// `azp` has to be one of them.
    #[auth(env = "CLERK_AUTHORIZED_PARTIES")]
    authorized_parties: Option<Vec<String>>,

    /// Accepts tokens without `azp`, as native applications get them, although parties are given.
    #[auth(env = "CLERK_DANGER_ACCEPT_MISSING_AZP", default = false)]
    danger_accept_missing_azp: bool,

    /// Audience that the token's `aud` must contain. Session tokens have none unless the instance
    /// adds it.
    #[auth(env = "CLERK_AUDIENCE")]
    audience: Option<String>,

    /// Organization in which the user has to act: its id (`org_...`), or its slug.
    #[auth(env = "CLERK_REQUIRE_ORGANIZATION")]
    require_organization: Option<String>,

    /// Accepts sessions whose user has something left to do, such as choosing an organization.
    #[auth(env = "CLERK_DANGER_ACCEPT_PENDING_SESSIONS", default = false)]
    danger_accept_pending_sessions: bool,

    /// Accepts tokens made from JWT templates, which go on after their session has ended.
    #[auth(env = "CLERK_DANGER_ACCEPT_TEMPLATE_TOKENS", secret = false, default = false)]
    danger_accept_template_tokens: bool,

    /// Asks Clerk for the user's memberships, so that one that was ended counts no more.
    #[auth(env = "CLERK_FETCH_MEMBERSHIPS", default = false)]
    fetch_memberships: bool,

    /// Kinds of opaque tokens to accept, each by asking Clerk: `m2m`, `oauth`, `api-key`.
    #[auth(env = "CLERK_MACHINE_TOKENS", secret = false)]
    machine_tokens: Option<Vec<ClerkMachineToken>>,

    /// This server's own machine (`mch_...`), which `m2m` tokens have to be for.
    #[auth(env = "CLERK_MACHINE_ID")]
    machine_id: Option<String>,

    /// How long what Clerk says is kept: at most 5 minutes.
    #[auth(env = "CLERK_CACHE_FOR", default = Duration::from_secs(30))]
    cache_for: Duration,

    #[auth(init = frontend::issuer(
        publishable_key, issuer.as_ref(), domain.as_ref(), proxy_url.as_ref(),
    )?)]
    frontend: String,

    #[auth(init = frontend::parties(
            frontend::keys(frontend, jwks_uri.as_ref(), jwt_key.as_ref())?,
            authorized_parties.as_ref(),
            (*danger_accept_missing_azp).into(),
        )?
        .algorithms([Algorithm::RS256])
        .token_types([TokenType::Jwt, TokenType::Absent])
        .issuer(frontend)
        .danger_optional_audience(audience)
        .require("sub")
        .vocabulary(Vocabulary::new())
        .build_in(environment)?)]
    verifier: Verifier,

    #[auth(init = api::open(secret_key.as_ref(), publishable_key, environment)?)]
    api: Option<Upstream>,

    #[auth(init = fetch_memberships
        .then(|| Memberships::open(api.as_ref(), *cache_for, environment))
        .transpose()?)]
    memberships: Option<Memberships>,

    #[auth(init = Machines::open(
        machine_tokens.as_deref().unwrap_or_default(), machine_id.as_ref(), api.as_ref(), *cache_for, environment,
    )?)]
    machines: Option<Machines>,
}

impl Authenticate for Clerk {
    type User = ClerkUser;

    async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<ClerkUser, AuthError> {
        let user = match ClerkMachineToken::of(token) {
            Some(kind) => self.machine(kind, token).await?,
            None => self.session(token, request).await?,
        };
        match &self.require_organization {
            Some(organization) if !user.acts_in(organization) => Err(AuthError::AccessRefused),
            _ => Ok(user),
        }
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.verifier)
    }
}

impl Clerk {
    async fn session(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<ClerkUser, AuthError> {
        category::admit(token, self.danger_accept_template_tokens.into())?;
        let claims = self.verifier.verify_request(token, request).await?;
        if claims.claim("sid").is_none() && !self.danger_accept_template_tokens {
            return Err(AuthError::ClaimMissing("sid".into()));
        }
        let session = Session::read(&claims, self.danger_accept_pending_sessions.into())?;
        let user = ClerkUser::of_session(claims, session);
        match &self.memberships {
            Some(memberships) => user.clone().with_memberships(memberships.of(user.id()).await?),
            None => Ok(user),
        }
    }

    async fn machine(
        &self,
        kind: ClerkMachineToken,
        token: &Token<'_>,
    ) -> Result<ClerkUser, AuthError> {
        let machines = self.machines.as_ref().ok_or(AuthError::TypeNotAllowed)?;
        Ok(ClerkUser::of_machine(kind, machines.verify(kind, token).await?))
    }
}
