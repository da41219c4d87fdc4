//! Auth0 as a subject sees it: two RS256 keys, the current and the next, with certificates; tokens
//! in Auth0's own profile (<https://auth0.com/docs/secure/tokens/access-tokens>).

use serde_json::{Map, Value, json};

use super::Vendor;
use crate::forge::{KeyRing, b64};

crate::fake::named! {
    /// A running Auth0 tenant.
    Auth0Fake, VENDOR
}

/// Auth0.
pub const VENDOR: Vendor = Vendor {
    provider: "auth0",
    variables: &[
        ("AUTH0_DOMAIN", "acme.eu.auth0.com"),
        ("AUTH0_AUDIENCE", "https://api.acme.example"),
    ],
    claims,
    key_set,
    ..Vendor::PLAIN
};

fn claims() -> Map<String, Value> {
    let claims = json!({
        "azp": "my-client-id",
        "scope": "openid read:orders",
        "permissions": ["read:orders"],
        "https://acme.example/roles": ["clerk"],
    });
    claims.as_object().cloned().unwrap_or_default()
}

/// `alg`, `x5t` and `x5c` beside each key; the thumbprint in Auth0's own double encoding.
fn key_set(keys: &KeyRing) -> Vec<Value> {
    let published = [&keys.current, &keys.next].map(|key| {
        let mut jwk = key.jwk();
        jwk["alg"] = json!("RS256");
        jwk["x5t"] = json!(b64("0000000000000000000000000000000000000000"));
        jwk["x5c"] = json!(["bm90IHVzZWQ="]);
        jwk
    });
    published.into()
}
