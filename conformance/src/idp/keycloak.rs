//! Keycloak as a subject sees it: a realm with two keys that sign and one that encrypts, and access
//! tokens that say what they are in their payload (<https://www.keycloak.org/securing-apps/oidc-layers>).

use serde_json::{Map, Value, json};

use super::description::description;
use super::vendor::labelled_key_set;
use super::{Endpoint, Vendor};
use crate::forge::KeyRing;

crate::fake::named! {
    /// A running Keycloak realm.
    KeycloakFake, VENDOR
}

/// The realm.
pub const ISSUER: &str = "https://id.acme.example/realms/acme";

/// Keycloak, with an audience mapper for the API.
pub const VENDOR: Vendor = Vendor {
    provider: "keycloak",
    variables: &[("KEYCLOAK_ISSUER", ISSUER), ("KEYCLOAK_AUDIENCE", "orders-api")],
    subject: "0c0d9f0e-6f2b-4a6e-9d0a-3f0f1b6c7d11",
    claims,
    required: &["typ"],
    key_set,
    endpoints: &[Endpoint {
        name: "description",
        host: "id.acme.example",
        method: "GET",
        path: "/realms/acme/.well-known/openid-configuration",
        is_asked: false,
        answer: |_| description(ISSUER, &format!("{ISSUER}/protocol/openid-connect/certs")),
    }],
    ..Vendor::PLAIN
};

fn claims() -> Map<String, Value> {
    let claims = json!({
        "jti": "onrtac:4a8bb9c2-3d1b-4d0a-8f3e-0d5d2a1d7f10",
        "typ": "Bearer",
        "azp": "web",
        "sid": "b6f8d2c4-90f1-4f1c-9e51-2a6f2b0d8c33",
        "acr": "1",
        "allowed-origins": ["https://app.acme.example"],
        "realm_access": {"roles": ["clerk", "offline_access"]},
        "resource_access": {
            "orders-api": {"roles": ["orders:read"]},
            "account": {"roles": ["view-profile"]},
        },
        "scope": "openid profile email",
        "email_verified": true,
        "preferred_username": "ada",
        "email": "ada@acme.example",
    });
    claims.as_object().cloned().unwrap_or_default()
}

/// The keys that sign, and one that others encrypt for, as every realm has.
fn key_set(keys: &KeyRing) -> Vec<Value> {
    let mut published = labelled_key_set(keys);
    let mut encrypting = keys.stranger.jwk();
    encrypting["kid"] = json!("encrypting");
    encrypting["alg"] = json!("RSA-OAEP");
    encrypting["use"] = json!("enc");
    published.push(encrypting);
    published
}
