//! Access tokens of an Auth0 tenant.
//!
//! In: a token in either of Auth0's profiles (its own, `typ` `JWT`, or RFC 9068, `typ` `at+jwt`).
//! Out: its claims. Checked: RS256 with the tenant's keys, issuer `https://{domain}/` with its
//! slash, audience, times. See <https://auth0.com/docs/secure/tokens/access-tokens>.

use auth_core::{AuthProvider, Domain, Verifier};

/// Accepts access tokens issued by an Auth0 tenant.
#[derive(AuthProvider)]
#[auth(name = "auth0")]
pub struct Auth0 {
    /// Tenant domain, such as `acme.eu.auth0.com`, or the tenant's custom domain.
    #[auth(env = "AUTH0_DOMAIN")]
    domain: Domain,

    /// API identifier that the token's `aud` must contain.
    #[auth(env = "AUTH0_AUDIENCE")]
    audience: String,

    #[auth(verify = Verifier::remote(domain.url("/.well-known/jwks.json"))
        .issuer(domain.url("/"))
        .audience(audience))]
    verifier: Verifier,
}
