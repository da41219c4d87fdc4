//! Providers as somebody else would write them, from the README alone.

use auth_core::{AuthProvider, Domain, Verifier};

/// Accepts access tokens issued by the ACME identity provider.
#[derive(AuthProvider)]
#[auth(name = "acme")]
pub struct Acme {
    /// Tenant domain, such as `login.acme.example`.
    #[auth(env = "ACME_DOMAIN")]
    domain: Domain,

    /// API identifier that the token's `aud` must contain.
    #[auth(env = ["ACME_AUDIENCE", "ACME_API"])]
    audience: String,

    #[auth(verify = Verifier::remote(domain.url("/.well-known/jwks.json"))
        .issuer(domain.url("/"))
        .audience(audience))]
    verifier: Verifier,
}

/// Accepts tokens under a public key that comes with the configuration.
#[derive(AuthProvider)]
#[auth(name = "own-issuer")]
pub struct OwnIssuer {
    /// The issuer's public key, as PEM.
    #[auth(env = "OWN_PUBLIC_KEY")]
    public_key: String,

    /// The issuer's name.
    #[auth(env = "OWN_ISSUER")]
    issuer: String,

    /// Who tokens are for.
    #[auth(env = "OWN_AUDIENCE", default = "orders")]
    audience: String,

    #[auth(verify = Verifier::pem(public_key).issuer(issuer).audience(audience))]
    verifier: Verifier,
}
