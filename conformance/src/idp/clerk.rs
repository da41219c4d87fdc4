//! Clerk as a subject sees it: two RS256 keys below the frontend API, session tokens of the second
//! version (<https://clerk.com/docs/guides/sessions/session-tokens>), and the parts of the backend
//! API that say who belongs where and whose an opaque token is (`clerk_api`).
//!
//! Facts that a case may set: `memberships` (a list as [`membership`] makes them), `nobody` (true:
//! the user is gone), `quota` (how many more questions are answered), `tokens` (an object: an opaque
//! token, and what [`standing`] makes of it).

use serde_json::{Map, Value, json};

use super::clerk_api::{
    ORGANIZATION, SECRET_KEY, SLUG, USER, api_key, keys, machine, memberships, oauth,
};
use super::{Asking, Endpoint, Reply, Vendor};
use crate::forge::KeyRing;

pub use super::clerk_api::{membership, standing};

crate::fake::named! {
    /// A running Clerk instance.
    ClerkFake, VENDOR
}

/// `cat` of a session token.
const SESSION: &str = "cl_B7d4PD111AAA";

/// The host that is asked with the secret key.
const API: &str = "api.clerk.com";

/// Clerk, asked for memberships.
pub const VENDOR: Vendor = Vendor {
    provider: "clerk",
    variables: &[
        // In base64: `clerk.acme.example$`.
        ("CLERK_PUBLISHABLE_KEY", "pk_live_Y2xlcmsuYWNtZS5leGFtcGxlJA"),
        ("CLERK_SECRET_KEY", SECRET_KEY),
        ("CLERK_FETCH_MEMBERSHIPS", "true"),
        // Cases about keys expect what is known to be known for longer than keys are fresh.
        ("CLERK_CACHE_FOR", "5m"),
    ],
    header: &[("typ", "JWT"), ("cat", SESSION)],
    subject: USER,
    claims,
    required: &["sid"],
    key_set,
    endpoints: &[
        Endpoint { is_asked: true, ..get("memberships", MEMBERSHIPS, memberships) },
        get("backend keys", "/v1/jwks", keys),
        post("m2m", "/v1/m2m_tokens/verify", machine),
        post("api key", "/v1/api_keys/verify", api_key),
        post("oauth", "/v1/oauth_applications/access_tokens/verify", oauth),
        // Some of Clerk's own libraries leave the version out.
        post("m2m, no version", "/m2m_tokens/verify", machine),
        post("api key, no version", "/api_keys/verify", api_key),
        post("oauth, no version", "/oauth_applications/access_tokens/verify", oauth),
    ],
    ..Vendor::PLAIN
};

const MEMBERSHIPS: &str = "/v1/users/{}/organization_memberships";

const fn get(name: &'static str, path: &'static str, answer: fn(&Asking<'_>) -> Reply) -> Endpoint {
    Endpoint { name, host: API, method: "GET", path, is_asked: false, answer }
}

const fn post(
    name: &'static str,
    path: &'static str,
    answer: fn(&Asking<'_>) -> Reply,
) -> Endpoint {
    Endpoint { method: "POST", ..get(name, path, answer) }
}

/// The second version's claims.
fn claims() -> Map<String, Value> {
    let claims = json!({
        "v": 2,
        "jti": "0c5a5d8f2f7d",
        "azp": "https://app.acme.example",
        "sid": "sess_2aZbXcYdWeVf",
        "sts": "active",
        "fva": [3, -1],
        "pla": "o:pro",
        "fea": "o:dashboard,o:teams,u:export",
        "o": {
            "id": ORGANIZATION, "slg": SLUG, "rol": "admin", "per": "manage,read", "fpm": "3,2",
        },
    });
    claims.as_object().cloned().unwrap_or_default()
}

/// `use`, `alg` and `kid` beside each key.
fn key_set(keys: &KeyRing) -> Vec<Value> {
    let published = [&keys.current, &keys.next].map(|key| {
        let mut jwk = key.jwk();
        jwk["use"] = json!("sig");
        jwk["alg"] = json!("RS256");
        jwk
    });
    published.into()
}
