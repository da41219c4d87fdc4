//! Cloudflare Access as a subject sees it: two keys, and assertions in a header of its own
//! (<https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/application-token/>).

use serde_json::{Map, Value, json};

use super::Vendor;
use super::vendor::labelled_key_set;

crate::fake::named! {
    /// A running team.
    CloudflareAccessFake, VENDOR
}

/// The application's AUD tag.
pub const TAG: &str = "32eafc7626e737916db87e6c3a7eb5d9c9e2b3e5ef8f9d9d5cbe0e1a0f4c6b71";

/// A team of Cloudflare Access.
pub const VENDOR: Vendor = Vendor {
    provider: "cloudflare-access",
    variables: &[
        ("CLOUDFLARE_ACCESS_TEAM_DOMAIN", "acme.cloudflareaccess.com"),
        ("CLOUDFLARE_ACCESS_AUDIENCES", TAG),
    ],
    subject: "7335d417-61da-459d-899c-0a01c76a2f94",
    claims,
    required: &["type"],
    key_set: labelled_key_set,
    ..Vendor::PLAIN
};

fn claims() -> Map<String, Value> {
    let claims = json!({
        "type": "app",
        "email": "ada@acme.example",
        "identity_nonce": "6ei69kawdKzMIAPF",
        "country": "NL",
    });
    claims.as_object().cloned().unwrap_or_default()
}
