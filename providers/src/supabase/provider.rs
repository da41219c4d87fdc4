//! A token of a Supabase user in; the user out.
//!
//! Checked: that it is no API key, the signature (the project's published keys, or its legacy
//! secret), issuer, audience, times, subject and role; then, where that was chosen, whether the
//! session still is. See <https://supabase.com/docs/guides/auth/jwts>.

use auth_core::config::ValueError;
use auth_core::jwt::{Unverified, VerifierBuilder, Vocabulary};
use auth_core::{
    Access, Algorithm, AuthError, AuthProvider, Authenticate, Claims, HmacSecret, Request, Secret,
    Token, Verifier,
};
use serde_json::Value;

use super::project::ProjectUrl;
use super::server::Server;
use super::user::SupabaseUser;

/// Accepts access tokens of the users of a Supabase project.
#[derive(AuthProvider)]
#[auth(name = "supabase", check = Self::check)]
pub struct Supabase {
    /// Project URL, such as `https://abcdefghijklmnopqrst.supabase.co`.
    #[auth(env = "SUPABASE_URL")]
    url: ProjectUrl,

    /// Legacy JWT secret, where tokens are still signed with HS256. Not used when absent.
    #[auth(env = "SUPABASE_JWT_SECRET")]
    jwt_secret: Option<HmacSecret>,

    /// Publishable (or anon) key, needed only where the server is asked.
    #[auth(env = ["SUPABASE_PUBLISHABLE_KEY", "SUPABASE_ANON_KEY"], parse = api_key)]
    publishable_key: Option<Secret<String>>,

    /// Whether the server is asked if the session still is, so that who signed out stays out.
    #[auth(env = "SUPABASE_CHECK_SESSION", default)]
    check_session: bool,

    /// Whether sessions without an account (`is_anonymous`) are let in.
    #[auth(env = "SUPABASE_ACCEPT_ANONYMOUS_USERS", default)]
    accept_anonymous_users: bool,

    /// Whether only users whose row in the table `users` has `is_admin` may do anything.
    #[auth(env = "SUPABASE_REQUIRE_ADMIN", default)]
    require_admin: bool,

    #[auth(init = of_project(Verifier::remote(url.keys()), url)
        .algorithms([Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA])
        .build_in(environment)?)]
    verifier: Verifier,

    #[auth(init = match jwt_secret {
        Some(secret) => Some(of_project(Verifier::hmac(secret), url).build_in(environment)?),
        None => None,
    })]
    legacy: Option<Verifier>,

    #[auth(secret, init = match publishable_key {
        Some(key) => Some(Server::new(url, key, environment)?),
        None => None,
    })]
    server: Option<Server>,
}

/// Roles that no user has: those of API keys, and of the server itself.
const NOT_OF_USERS: [&str; 4] = ["anon", "service_role", "supabase_admin", "supabase_auth_admin"];

fn of_project(verifier: VerifierBuilder, url: &ProjectUrl) -> VerifierBuilder {
    verifier
        .issuer(url.issuer())
        .audience("authenticated")
        .require("sub")
        .require("role")
        .check(is_user)
        .vocabulary(
            Vocabulary::new()
                .scopes(["scope"])
                .roles(["app_metadata", "role"])
                .roles(["app_metadata", "roles"])
                .permissions(["app_metadata", "permissions"]),
        )
}

/// A key that can stand in a header.
fn api_key(text: &str) -> Result<Secret<String>, ValueError> {
    let is_visible = text.bytes().all(|byte| byte.is_ascii_graphic());
    is_visible
        .then(|| Secret::from(text))
        .ok_or_else(|| ValueError::new("a key of visible ASCII: is a line break from a file left?"))
}

fn is_user(claims: &Claims) -> Result<(), AuthError> {
    match claims.claim("role") {
        Some(role) if !NOT_OF_USERS.contains(&role) => Ok(()),
        _ => Err(AuthError::TypeNotAllowed),
    }
}

impl Supabase {
    fn check(&self) -> Result<(), &'static str> {
        let asks = self.check_session || self.require_admin;
        match &self.publishable_key {
            None if asks => Err("check_session and require_admin need publishable_key"),
            Some(key) if is_powerful(key) => Err("publishable_key is a secret (or service_role) \
                key, which may do everything: give the publishable (or anon) key"),
            _ => Ok(()),
        }
    }

    /// Which keys a token claims to be signed with. That is not trusted: each verifier has its own
    /// algorithms.
    fn verifier_for(&self, token: &Unverified) -> &Verifier {
        match (&self.legacy, token.header("alg")) {
            (Some(legacy), Some("HS256")) => legacy,
            _ => &self.verifier,
        }
    }

    fn check_anonymous(&self, claims: &Claims) -> Result<(), AuthError> {
        match claims.get("is_anonymous") {
            None | Some(Value::Bool(false)) => Ok(()),
            Some(Value::Bool(true)) if self.accept_anonymous_users => Ok(()),
            Some(Value::Bool(true)) => Err(AuthError::AccessRefused),
            Some(_) => Err(AuthError::ClaimMalformed("is_anonymous")),
        }
    }
}

/// Keys that see every row: `sb_secret_…`, or the legacy JWT whose role says so.
fn is_powerful(key: &Secret<String>) -> bool {
    let legacy = Unverified::read(&Token::new(key.expose())).ok();
    let role = legacy.as_ref().and_then(|token| token.claim("role"));
    key.expose().starts_with("sb_secret_") || role == Some("service_role")
}

impl Authenticate for Supabase {
    type User = SupabaseUser;

    async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<SupabaseUser, AuthError> {
        let unverified = Unverified::read(token)?;
        if unverified.claim("role").is_some_and(|role| NOT_OF_USERS.contains(&role)) {
            return Err(AuthError::TypeNotAllowed);
        }
        let claims = self.verifier_for(&unverified).verify_request(token, request).await?;
        self.check_anonymous(&claims)?;
        let user = SupabaseUser::new(claims, token.expose());
        if let Some(server) = self.server.as_ref().filter(|_| self.check_session) {
            server.check_session(&user).await?;
        }
        Ok(user)
    }

    async fn authorize(&self, user: &SupabaseUser, _: &Request<'_>) -> Result<Access, AuthError> {
        match &self.server {
            Some(server) if self.require_admin => Ok(server.is_admin(user).await?.into()),
            _ => Ok(Access::Granted),
        }
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.verifier)
    }
}
