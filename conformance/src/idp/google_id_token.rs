//! Google's accounts as a subject sees them: two keys, and ID tokens for one client
//! (<https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload>).

use serde_json::{Map, Value, json};

use super::Vendor;
use super::description::description;
use super::endpoint::Endpoint;
use super::vendor::labelled_key_set;

crate::fake::named! {
    /// Google, issuing ID tokens.
    GoogleIdTokenFake, VENDOR
}

/// The client that tokens are for.
pub const CLIENT: &str = "407408718192-7vq2.apps.googleusercontent.com";

/// Google, for any account.
pub const VENDOR: Vendor = Vendor {
    provider: "google-id-token",
    variables: &[("GOOGLE_CLIENT_IDS", CLIENT)],
    subject: "110169484474386276334",
    claims,
    required: &["iat"],
    key_set: labelled_key_set,
    stricter: &[("exp-fraction-future", "no token of Google's lives for more than a day")],
    endpoints: &[Endpoint {
        name: "description",
        host: "accounts.google.com",
        method: "GET",
        path: "/.well-known/openid-configuration",
        is_asked: false,
        answer: |_| {
            let keys = "https://www.googleapis.com/oauth2/v3/certs";
            description("https://accounts.google.com", keys)
        },
    }],
    ..Vendor::PLAIN
};

fn claims() -> Map<String, Value> {
    let claims = json!({
        "azp": CLIENT,
        "at_hash": "HK6E_P6Dh8Y93mRNtsDB1Q",
        "email": "ada@acme.example",
        "email_verified": true,
        "hd": "acme.example",
        "name": "Ada",
    });
    claims.as_object().cloned().unwrap_or_default()
}
