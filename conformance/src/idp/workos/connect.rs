//! WorkOS Connect: tokens of OAuth applications and machines, from the AuthKit domain
//! (<https://workos.com/docs/authkit/connect>).

use serde_json::{Map, Value, json};

use super::session::key_set;
use super::{CLIENT_ID, ORGANIZATION, USER};
use crate::idp::Vendor;

/// Connect.
pub const VENDOR: Vendor = Vendor {
    provider: "workos-connect",
    variables: &[
        ("WORKOS_AUTHKIT_DOMAIN", "acme.authkit.app"),
        ("WORKOS_CONNECT_AUDIENCE", CLIENT_ID),
    ],
    subject: USER,
    claims,
    key_set,
    ..Vendor::PLAIN
};

fn claims() -> Map<String, Value> {
    let claims = json!({
        "client_id": "client_01HFAKEAPPLICATION0000000",
        "scope": "openid orders:read",
        "sid": "app_consent_01HFAKE",
        "jti": "01HFAKETOKEN0000000000000000",
        "org_id": ORGANIZATION,
    });
    claims.as_object().cloned().unwrap_or_default()
}
