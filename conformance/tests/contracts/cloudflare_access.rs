//! What the fake of Cloudflare Access promises
//! (<https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/application-token/>).

use auth_conformance::idp::cloudflare_access::{CloudflareAccessFake, TAG};

use crate::shared::{assert_texts, claims, keys};

/// GET `/cdn-cgi/access/certs`: the current key and the other, in `keys`.
#[tokio::test]
async fn the_team_has_two_keys() {
    let access = CloudflareAccessFake::start().await;
    let keys = keys(&access, "https://acme.cloudflareaccess.com/cdn-cgi/access/certs").await;
    assert_eq!(keys.len(), 2);
    assert!(keys.iter().all(|key| key["alg"] == "RS256"), "{keys:?}");
}

/// An application's token: its kind, its tag, an issuer without a slash, an address.
#[tokio::test]
async fn an_application_token_names_application_and_user() {
    let said = claims(&CloudflareAccessFake::start().await.good_token());
    assert_eq!((&said["type"], &said["aud"]), (&"app".into(), &TAG.into()));
    assert_eq!(said["iss"], "https://acme.cloudflareaccess.com");
    assert_texts(&said, &["sub", "email", "identity_nonce", "country"]);
    assert!(TAG.len() == 64 && TAG.bytes().all(|byte| byte.is_ascii_hexdigit()));
}
