//! What the fake of Google's Identity-Aware Proxy promises
//! (<https://cloud.google.com/iap/docs/signed-headers-howto>).

use auth_conformance::idp::google_iap::GoogleIapFake;

use crate::shared::{assert_texts, claims, header, keys};

/// GET `/iap/verify/public_key-jwk`: keys on P-256 for ES256.
#[tokio::test]
async fn the_proxy_has_elliptic_keys() {
    let proxy = GoogleIapFake::start().await;
    let keys = keys(&proxy, "https://www.gstatic.com/iap/verify/public_key-jwk").await;
    assert_eq!(keys.len(), 2);
    assert!(keys.iter().all(|key| key["crv"] == "P-256" && key["alg"] == "ES256"), "{keys:?}");
}

/// An assertion: ES256 with a key id, the resource's path, the account with its kind before it.
#[tokio::test]
async fn an_assertion_names_resource_and_account() {
    let token = GoogleIapFake::start().await.good_token();
    assert_eq!(header(&token)["alg"], "ES256");
    assert_texts(&header(&token), &["kid"]);
    let said = claims(&token);
    assert_eq!(said["iss"], "https://cloud.google.com/iap");
    assert!(said["aud"].as_str().unwrap().starts_with("/projects/"), "{said}");
    assert!(said["sub"].as_str().unwrap().starts_with("accounts.google.com:"), "{said}");
    assert!(said["google"]["access_levels"].is_array() && said["email"].is_string(), "{said}");
}
