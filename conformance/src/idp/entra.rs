//! Microsoft Entra ID as a subject sees it: the key set that all tenants share, whose keys have no
//! `alg` and say whose tokens they sign, and access tokens of version 2.0
//! (<https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference>).

use serde_json::{Map, Value, json};

use super::Vendor;
use super::description::description;
use super::endpoint::Endpoint;
use crate::forge::KeyRing;

crate::fake::named! {
    /// Entra ID with two tenants that may call.
    EntraFake, VENDOR
}

/// A tenant that may call.
pub const TENANT: &str = "72f988bf-86f1-41af-91ab-2d7cd011db47";

/// Another.
pub const OTHER_TENANT: &str = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

/// The tenant of personal accounts, for which a key of its own signs.
pub const CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Entra ID, with two tenants.
pub const VENDOR: Vendor = Vendor {
    provider: "entra",
    variables: &[
        (
            "ENTRA_TENANT_IDS",
            "72f988bf-86f1-41af-91ab-2d7cd011db47, aaaabbbb-0000-cccc-1111-dddd2222eeee",
        ),
        ("ENTRA_AUDIENCES", "6e74172b-be56-4843-9ff4-e66a39bb12e3, api://orders"),
        ("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com/"),
    ],
    subject: "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ",
    claims,
    required: &["tid", "oid", "azp", "scp"],
    key_set,
    stricter: &[(
        "jwk-unknown-members-ignored",
        "the member `issuer` of its keys says whose tokens they sign",
    )],
    endpoints: &[Endpoint {
        name: "description",
        host: "login.microsoftonline.com",
        method: "GET",
        path: "/common/v2.0/.well-known/openid-configuration",
        is_asked: false,
        answer: |_| {
            description(TEMPLATE, "https://login.microsoftonline.com/common/discovery/v2.0/keys")
        },
    }],
    ..Vendor::PLAIN
};

/// The issuer of every tenant, with a place for its id.
pub const TEMPLATE: &str = "https://login.microsoftonline.com/{tenantid}/v2.0";

fn claims() -> Map<String, Value> {
    let claims = json!({
        "ver": "2.0",
        "tid": TENANT,
        "oid": "690222be-ff1a-4d56-abd1-7e4f7d38e474",
        "azp": "9e9b1c5f-2a7c-4d7f-9f8e-1d2c3b4a5f60",
        "azpacr": "1",
        "scp": "orders.read orders.write",
        "roles": ["clerk"],
        "name": "Ada",
        "preferred_username": "ada@acme.example",
        "uti": "Vn5xSn0xq0m2",
    });
    claims.as_object().cloned().unwrap_or_default()
}

/// Keys for every tenant, without `alg`.
fn key_set(keys: &KeyRing) -> Vec<Value> {
    let published = [&keys.current, &keys.next].map(|key| {
        let mut jwk = key.jwk();
        jwk["x5t"] = json!(key.id());
        jwk["issuer"] = json!(TEMPLATE);
        jwk
    });
    published.into()
}
