//! Google's Identity-Aware Proxy as a subject sees it: two ES256 keys, and assertions in a header of
//! its own (<https://cloud.google.com/iap/docs/signed-headers-howto>).

use serde_json::{Map, Value, json};

use super::Vendor;
use crate::forge::KeyRing;

crate::fake::named! {
    /// A running Identity-Aware Proxy.
    GoogleIapFake, VENDOR
}

/// A backend service behind the proxy.
pub const VENDOR: Vendor = Vendor {
    provider: "google-iap",
    variables: &[("GOOGLE_IAP_AUDIENCE", "/projects/104652/global/backendServices/84021")],
    subject: "accounts.google.com:110169484474386276334",
    claims,
    required: &["iat"],
    key_set,
    ..Vendor::PLAIN
};

fn claims() -> Map<String, Value> {
    let claims = json!({
        "azp": "/projects/104652/global/backendServices/84021",
        "email": "ada@acme.example",
        "hd": "acme.example",
        "identity_source": "GOOGLE",
        "google": {"access_levels": ["accessPolicies/518/accessLevels/office"]},
    });
    claims.as_object().cloned().unwrap_or_default()
}

fn key_set(keys: &KeyRing) -> Vec<Value> {
    let published = [&keys.current, &keys.next].map(|key| {
        let mut jwk = key.jwk();
        jwk["alg"] = json!("ES256");
        jwk
    });
    published.into()
}
