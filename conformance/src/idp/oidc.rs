//! An OpenID Connect issuer that describes itself, and tells its clients what an opaque token is
//! worth (RFC 7662). What it knows of opaque tokens are facts: the token's text, and the answer.

use serde_json::{Map, Value, json};

use super::{Asking, Endpoint, Reply, Vendor};
use crate::forge::stated_claims;

crate::fake::named! {
    /// A running OpenID Connect issuer.
    OidcFake, VENDOR
}

/// The secret of the server that asks, which is its client `orders-api`.
pub const CLIENT_SECRET: &str = "only-for-tests-7d2f0c9be4518a36-orders-api-secret";

/// Any issuer.
pub const VENDOR: Vendor = Vendor {
    provider: "oidc",
    variables: &[
        ("OIDC_ISSUER", "https://login.acme.example/tenant"),
        ("OIDC_AUDIENCE", "https://api.acme.example"),
        ("OIDC_CLIENT_ID", "orders-api"),
        ("OIDC_CLIENT_SECRET", CLIENT_SECRET),
    ],
    description: &[("introspection_endpoint", "https://login.acme.example/tenant/introspect")],
    claims,
    endpoints: &[Endpoint {
        name: "introspection",
        host: "login.acme.example",
        method: "POST",
        path: "/tenant/introspect",
        is_asked: false,
        answer: introspect,
    }],
    ..Vendor::PLAIN
};

fn claims() -> Map<String, Value> {
    let claims = json!({
        "client_id": "shop",
        "scope": "openid orders:read",
        "roles": ["clerk"],
        "realm_access": {"roles": ["manager"]},
    });
    claims.as_object().cloned().unwrap_or_default()
}

/// What is known of the token, for a client that shows who it is (RFC 7662, sections 2.1 to 2.3). A
/// JWT of its own is active unless the fact `revoked` is its text.
fn introspect(asking: &Asking<'_>) -> Reply {
    let client = asking.basic();
    if client != Some(("orders-api".to_owned(), CLIENT_SECRET.to_owned())) {
        let error = json!({"error": "invalid_client", "error_description": "unknown client"});
        return Reply::json(401, &error).header("www-authenticate", "Basic realm=\"acme\"");
    }
    let Some(token) = asking.form("token") else {
        return Reply::json(400, &json!({"error": "invalid_request"}));
    };
    if asking.fact("revoked") == token {
        return Reply::json(200, &json!({"active": false}));
    }
    match (asking.fact(&token), stated_claims(&token)) {
        (Value::Null, None) => Reply::json(200, &json!({"active": false})),
        (Value::Null, Some(mut claims)) => {
            claims.insert("active".to_owned(), json!(true));
            Reply::json(200, &Value::Object(claims))
        }
        (known, _) => Reply::json(200, &known),
    }
}
