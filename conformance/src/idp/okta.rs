//! Okta as a subject sees it: a custom authorization server of an organization
//! (<https://developer.okta.com/docs/reference/api/oidc/>). Two RS256 keys; access tokens whose id
//! begins with `AT.`, with the client in `cid` and scopes as a list.

use serde_json::{Map, Value, json};

use super::Vendor;
use crate::forge::KeyRing;

crate::fake::named! {
    /// A running Okta authorization server.
    OktaFake, VENDOR
}

/// Okta.
pub const VENDOR: Vendor = Vendor {
    provider: "okta",
    variables: &[("OKTA_DOMAIN", "acme.okta.com")],
    subject: "ann@acme.example",
    claims,
    required: &["cid"],
    key_set,
    stricter: &[
        ("sig-foreign-key-no-kid", "every token names its key: see prov-okta-key-id"),
        ("kid-absent-single", "every token names its key: see prov-okta-key-id"),
    ],
    ..Vendor::PLAIN
};

fn claims() -> Map<String, Value> {
    let claims = json!({
        "ver": 1,
        "jti": "AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE",
        "cid": "0oa2hl2inow5Uqc6c357",
        "uid": "00ub0oNGTSWTBKOLGLNR",
        "scp": ["openid", "orders.read"],
        "groups": ["Everyone", "Clerks"],
        "auth_time": 1_799_999_000,
    });
    claims.as_object().cloned().unwrap_or_default()
}

/// Each key says its algorithm and its use.
fn key_set(keys: &KeyRing) -> Vec<Value> {
    let published = [&keys.current, &keys.next].map(|key| {
        let mut jwk = key.jwk();
        (jwk["alg"], jwk["use"]) = (json!("RS256"), json!("sig"));
        jwk
    });
    published.into()
}
