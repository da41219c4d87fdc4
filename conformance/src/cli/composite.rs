//! A composite provider among those that are proven: `auth0`, and a `jwt` that compares no issuer.
//!
//! In: what registered itself. Out: that, and the composite, which registers nowhere: it is no
//! vendor's, and no page is about it.

use auth_conformance::subject::{Registered, registered};
use auth_core::any::AnyUser;
use auth_core::composite::Composite;
use auth_core::{
    Access, AuthError, AuthProvider, Authenticate, Configured, Domain, Environment, HmacSecret,
    Request, Token, Verifier,
};
use auth_providers::{Auth0, Jwt};

/// Accepts tokens of an Auth0 tenant and tokens signed with a shared secret.
#[derive(AuthProvider)]
#[auth(name = "composite", register = false)]
struct Pair {
    /// The tenant's domain.
    #[auth(env = "COMPOSITE_DOMAIN")]
    domain: Domain,

    /// The audience of both.
    #[auth(env = "COMPOSITE_AUDIENCE")]
    audience: String,

    /// The secret of the second one.
    #[auth(env = "COMPOSITE_SECRET")]
    secret: HmacSecret,

    #[auth(init = members(domain, audience, secret, environment)?)]
    members: Configured<Composite>,
}

fn members(
    domain: &Domain,
    audience: &str,
    secret: &HmacSecret,
    environment: &Environment,
) -> Result<Configured<Composite>, Box<dyn std::error::Error>> {
    let auth0 = Auth0::builder().domain(domain.clone()).audience(audience);
    let jwt = Jwt::builder().secret(secret.clone()).audience(audience);
    Ok(Composite::builder()
        .member(auth0.build_in(environment)?)
        .member(jwt.build_in(environment)?)
        .build()?)
}

impl Authenticate for Pair {
    type User = AnyUser;

    async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<AnyUser, AuthError> {
        self.members.authenticate(token, request).await
    }

    async fn authorize(&self, user: &AnyUser, request: &Request<'_>) -> Result<Access, AuthError> {
        self.members.authorize(user, request).await
    }

    /// The first member's: good tokens are the tenant's.
    fn verifier(&self) -> Option<&Verifier> {
        self.members.provider().members().next()?.verifier()
    }
}

/// Everything that can be proven.
pub(crate) fn subjects() -> Vec<Registered> {
    let mut subjects = registered();
    subjects.push(Registered::of::<Pair>());
    subjects.sort_by_key(Registered::name);
    subjects
}
