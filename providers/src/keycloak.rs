//! Access tokens of a Keycloak realm.
//!
//! In: a token that says `typ` `Bearer` in its payload. Out: its claims. Checked: RS256 with the
//! realm's keys, issuer `{url}/realms/{realm}`, audience or calling client or both, `typ`, `sub`,
//! times. See <https://www.keycloak.org/securing-apps/oidc-layers>.

use auth_core::jwt::{VerifierBuilder, Vocabulary};
use auth_core::{AuthProvider, Verifier};

/// Accepts access tokens issued by a Keycloak realm.
#[derive(AuthProvider)]
#[auth(name = "keycloak", check = Self::check)]
pub struct Keycloak {
    /// Address at which users log in, without the realm, such as `https://id.acme.example`.
    #[auth(env = "KEYCLOAK_URL")]
    url: String,

    /// Name of the realm.
    #[auth(env = "KEYCLOAK_REALM")]
    realm: String,

    /// Client id of the API, which the token's `aud` must contain. Needs an audience mapper; without
    /// one, name the clients.
    #[auth(env = "KEYCLOAK_AUDIENCE")]
    audience: Option<String>,

    /// Clients whose tokens are accepted: `azp` must be one of them. Required without an audience.
    #[auth(env = "KEYCLOAK_CLIENTS")]
    clients: Option<Vec<String>>,

    /// Client whose roles count besides the realm's. The audience when absent.
    #[auth(env = "KEYCLOAK_ROLE_CLIENT")]
    role_client: Option<String>,

    /// Address of the keys, where the server reaches Keycloak under another name than users do.
    #[auth(env = "KEYCLOAK_KEYS_URL")]
    keys_url: Option<String>,

    #[auth(init = format!("{}/realms/{realm}", url.trim_end_matches('/')))]
    issuer: String,

    #[auth(verify = clients.iter().flatten().fold(
        Verifier::remote(keys_url.clone().unwrap_or_else(|| certs(issuer)))
            .issuer(issuer)
            .danger_optional_audience(audience)
            .expect("typ", ["Bearer"])
            .require("sub")
            .vocabulary(vocabulary(role_client.as_ref().or(audience.as_ref()))),
        VerifierBuilder::authorized_party,
    ))]
    verifier: Verifier,
}

impl Keycloak {
    /// Every client of a realm gets tokens under the same issuer: somebody has to be named.
    fn check(&self) -> Result<(), &'static str> {
        match (&self.audience, self.clients.as_deref()) {
            (_, Some([])) => Err("clients is an empty list: no token could pass"),
            (None, None) => {
                Err("one of audience and clients is required: call `.audience(..)` or \
                                 set KEYCLOAK_AUDIENCE, or `.clients(..)` or KEYCLOAK_CLIENTS")
            }
            _ => Ok(()),
        }
    }
}

fn certs(issuer: &str) -> String {
    format!("{issuer}/protocol/openid-connect/certs")
}

fn vocabulary(client: Option<&String>) -> Vocabulary {
    let realm = Vocabulary::new().scopes(["scope"]).roles(["realm_access", "roles"]);
    client
        .into_iter()
        .fold(realm, |realm, client| realm.roles(["resource_access", client, "roles"]))
}
