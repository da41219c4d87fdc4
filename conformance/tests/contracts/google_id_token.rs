//! What the fake of Google's accounts promises
//! (<https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload>).

use auth_conformance::idp::google_id_token::{CLIENT, GoogleIdTokenFake};

use crate::shared::{assert_texts, claims, got, keys};

/// GET `/.well-known/openid-configuration`: the issuer with `https://`, and keys at another host.
#[tokio::test]
async fn google_describes_itself() {
    let google = GoogleIdTokenFake::start().await;
    let url = "https://accounts.google.com/.well-known/openid-configuration";
    let described = got(&google, url).await;
    assert_eq!(described["issuer"], "https://accounts.google.com");
    assert_eq!(described["jwks_uri"], "https://www.googleapis.com/oauth2/v3/certs");
}

/// GET `/oauth2/v3/certs`: two keys for RS256.
#[tokio::test]
async fn google_has_two_keys() {
    let google = GoogleIdTokenFake::start().await;
    let keys = keys(&google, "https://www.googleapis.com/oauth2/v3/certs").await;
    assert_eq!(keys.len(), 2);
    assert!(keys.iter().all(|key| key["alg"] == "RS256"), "{keys:?}");
}

/// An ID token: the client as one text, an address and whether somebody verified it, the domain.
#[tokio::test]
async fn an_id_token_names_client_address_and_domain() {
    let said = claims(&GoogleIdTokenFake::start().await.good_token());
    assert_eq!((&said["aud"], &said["azp"]), (&CLIENT.into(), &CLIENT.into()));
    assert_eq!(said["email_verified"], true);
    assert_texts(&said, &["iss", "sub", "email", "hd", "at_hash"]);
    assert!(said["exp"].as_u64().unwrap() - said["iat"].as_u64().unwrap() <= 3600);
}
