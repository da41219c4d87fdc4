//! Tokens of WorkOS Connect: OAuth applications, MCP clients and machines.
//!
//! In: an access token that the AuthKit domain issued. Out: its claims. These are not session
//! tokens: they have another issuer and other keys, they name an audience, and their subject may be
//! an application, about which WorkOS has no user to tell of. See
//! <https://workos.com/docs/authkit/connect>.

use auth_core::{AuthProvider, Domain, Verifier};

/// Accepts access tokens of WorkOS Connect applications.
#[derive(AuthProvider)]
#[auth(name = "workos-connect")]
pub struct WorkOsConnect {
    /// Domain of AuthKit, such as `acme.authkit.app`.
    #[auth(env = "WORKOS_AUTHKIT_DOMAIN")]
    authkit_domain: Domain,

    /// Audience that `aud` must contain: the resource, or the environment's client id.
    #[auth(env = ["WORKOS_CONNECT_AUDIENCE", "WORKOS_CLIENT_ID"])]
    audience: String,

    #[auth(verify = Verifier::remote(authkit_domain.url("/oauth2/jwks"))
        .issuer(format!("https://{authkit_domain}"))
        .audience(audience)
        .require("sub"))]
    verifier: Verifier,
}
