//! Access tokens of a Keycloak realm.
//!
//! In: a token that says `typ` `Bearer` in its payload. Out: its claims. Checked: RS256 with the
//! realm's keys, the realm as issuer, audience or calling client or both, `typ`, `sub`, times. See
//! <https://www.keycloak.org/securing-apps/oidc-layers>.

use auth_core::jwt::Vocabulary;
use auth_core::{AuthProvider, Verifier};

/// Accepts access tokens issued by a Keycloak realm.
#[derive(AuthProvider)]
#[auth(name = "keycloak", check = Self::check)]
pub struct Keycloak {
    /// Issuer: the realm as its users see it, such as `https://id.acme.example/realms/acme`.
    #[auth(env = "KEYCLOAK_ISSUER")]
    issuer: String,

    /// Client id of the API, which the token's `aud` must contain. Needs an audience mapper. This or
    /// `clients` is required.
    #[auth(env = "KEYCLOAK_AUDIENCE")]
    audience: Option<String>,

    /// Clients that may call: the token's `azp` must be one of them.
    #[auth(env = "KEYCLOAK_CLIENTS")]
    clients: Option<Vec<String>>,

    /// Address of the keys, where the server reaches Keycloak under another name than users do.
    #[auth(env = "KEYCLOAK_KEYS_URL")]
    keys_url: Option<String>,

    #[auth(init = format!("{issuer}/protocol/openid-connect/certs"))]
    own_keys_url: String,

    #[auth(verify = clients.iter().fold(
        Verifier::remote(keys_url.as_ref().unwrap_or(own_keys_url))
            .issuer(issuer)
            .danger_optional_audience(audience)
            .expect("typ", ["Bearer"])
            .require("sub")
            .vocabulary(audience.iter().fold(
                Vocabulary::new().scopes(["scope"]).roles(["realm_access", "roles"]),
                |words, api| words.roles(["resource_access", api, "roles"]),
            )),
        |realm, clients| realm.expect("azp", clients),
    ))]
    verifier: Verifier,
}

impl Keycloak {
    /// Every client of a realm gets tokens under the same issuer: somebody has to be named.
    fn check(&self) -> Result<(), &'static str> {
        let is_for_somebody = self.audience.is_some() || self.clients.is_some();
        is_for_somebody.then_some(()).ok_or(
            "one of audience and clients is required: call `.audience(..)` or set \
             KEYCLOAK_AUDIENCE, or `.clients(..)` or KEYCLOAK_CLIENTS",
        )
    }
}
