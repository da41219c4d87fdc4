//! Session tokens and the keys of the one client
//! (<https://workos.com/docs/reference/authkit/session-tokens>).

use serde_json::{Map, Value, json};

use super::ORGANIZATION;
use super::answer::{HOST, error};
use crate::forge::{KeyRing, b64};
use crate::idp::Endpoint;

/// The keys of any other client: there are none.
pub(super) const OTHER_KEYS: Endpoint = Endpoint {
    name: "other-keys",
    host: HOST,
    method: "GET",
    path: "/sso/jwks/{}",
    is_asked: false,
    answer: |_| error(404, "Not Found"),
};

/// No `aud` and no address: a session token has neither unless a template adds them.
pub(super) fn claims() -> Map<String, Value> {
    let claims = json!({
        "sid": "session_01HFAKESESSION00000000000",
        "jti": "01HFAKETOKEN0000000000000000",
        "org_id": ORGANIZATION,
        "role": "member",
        "roles": ["member"],
        "permissions": ["orders:read"],
        "entitlements": [],
        "feature_flags": [],
    });
    claims.as_object().cloned().unwrap_or_default()
}

/// `x5c` and `x5t#S256` beside each key.
pub(super) fn key_set(keys: &KeyRing) -> Vec<Value> {
    let published = [&keys.current, &keys.next].map(|key| {
        let mut jwk = key.jwk();
        jwk["alg"] = json!("RS256");
        jwk["use"] = json!("sig");
        jwk["x5c"] = json!(["bm90IHVzZWQ="]);
        jwk["x5t#S256"] = json!(b64("00000000000000000000000000000000"));
        jwk
    });
    published.into()
}
