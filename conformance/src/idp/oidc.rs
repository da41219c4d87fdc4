//! An OpenID Connect issuer that describes itself, and tells its clients what an opaque token is
//! worth (RFC 7662). What it knows of opaque tokens are facts: the token's text, and the answer.

use auth_core::Algorithm;
use serde_json::{Map, Value, json};

use super::{Asking, Endpoint, Reply, Vendor};
use crate::forge::{SigningKey, b64, stated_claims};

crate::fake::named! {
    /// A running OpenID Connect issuer.
    OidcFake, VENDOR
}

/// The server that asks, as its client; a subject is told only where a case is about opaque tokens.
pub const CLIENT_ID: &str = "orders-api";

/// Its secret.
pub const CLIENT_SECRET: &str = "only-for-tests-7d2f0c9be4518a36-orders-api-secret";

/// Any issuer.
pub const VENDOR: Vendor = Vendor {
    provider: "oidc",
    variables: &[
        ("OIDC_ISSUER", "https://login.acme.example/tenant"),
        ("OIDC_AUDIENCE", "https://api.acme.example"),
    ],
    description: &[("introspection_endpoint", "https://login.acme.example/tenant/introspect")],
    claims,
    stricter: &[(
        "sig-alg-not-allowlisted",
        "issuers sign with ES256 as well: see prov-oidc-algorithm",
    )],
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
    if client != Some((CLIENT_ID.to_owned(), CLIENT_SECRET.to_owned())) {
        let error = json!({"error": "invalid_client", "error_description": "unknown client"});
        return Reply::json(401, &error).header("www-authenticate", "Basic realm=\"acme\"");
    }
    let Some(token) = asking.form("token") else {
        return Reply::json(400, &json!({"error": "invalid_request"}));
    };
    if asking.fact("revoked") == token {
        return Reply::json(200, &json!({"active": false}));
    }
    match (asking.fact(&token), own_claims(asking, &token)) {
        (Value::Null, None) => Reply::json(200, &json!({"active": false})),
        (Value::Null, Some(mut claims)) => {
            claims.insert("active".to_owned(), json!(true));
            Reply::json(200, &Value::Object(claims))
        }
        (known, _) => Reply::json(200, &known),
    }
}

/// The claims of a token that is its own.
fn own_claims(asking: &Asking<'_>, token: &str) -> Option<Map<String, Value>> {
    let (input, signature) = token.rsplit_once('.')?;
    let is_signed_by =
        |key: &SigningKey| b64(key.sign(Algorithm::RS256, input.as_bytes())) == signature;
    let is_own = [&asking.keys.current, &asking.keys.next].into_iter().any(is_signed_by);
    stated_claims(token).filter(|_| is_own)
}
