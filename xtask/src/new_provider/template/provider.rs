//! Access tokens of __Title__.
//!
//! In: a token that a tenant issued. Out: its claims. Checked: RS256 with the tenant's keys, issuer
//! `https://{domain}/` with its slash, audience, times.

use auth_core::{AuthProvider, Domain, Verifier};

/// Accepts access tokens issued by __Title__.
#[derive(AuthProvider)]
#[auth(name = "__name__")]
pub struct __Type__ {
    /// Tenant domain, such as `login.__name__.example`.
    #[auth(env = "__VARIABLE___DOMAIN")]
    domain: Domain,

    /// API identifier that the token's `aud` must contain.
    #[auth(env = "__VARIABLE___AUDIENCE")]
    audience: String,

    #[auth(verify = Verifier::remote(domain.url("/.well-known/jwks.json"))
        .issuer(domain.url("/"))
        .audience(audience))]
    verifier: Verifier,
}
