//! What Cognito's fake promises
//! (<https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html>).

use auth_conformance::idp::cognito::{CLIENT, CognitoFake, ISSUER};

use crate::shared::{assert_texts, claims, got, keys};

/// GET `/{pool}/.well-known/openid-configuration`: an issuer without a slash, and its keys.
#[tokio::test]
async fn the_pool_describes_itself() {
    let cognito = CognitoFake::start().await;
    let described = got(&cognito, &format!("{ISSUER}/.well-known/openid-configuration")).await;
    assert_eq!(described["issuer"], ISSUER);
    assert_eq!(described["jwks_uri"], format!("{ISSUER}/.well-known/jwks.json"));
}

/// GET `/{pool}/.well-known/jwks.json`: two keys for RS256.
#[tokio::test]
async fn the_pool_has_two_keys() {
    let cognito = CognitoFake::start().await;
    let keys = keys(&cognito, &format!("{ISSUER}/.well-known/jwks.json")).await;
    assert_eq!(keys.len(), 2);
    assert!(keys.iter().all(|key| key["alg"] == "RS256" && key["use"] == "sig"), "{keys:?}");
}

/// An access token: its kind, its client, groups in a list, and no audience.
#[tokio::test]
async fn an_access_token_names_its_client_and_no_audience() {
    let said = claims(&CognitoFake::start().await.good_token());
    assert_eq!((&said["token_use"], &said["client_id"]), (&"access".into(), &CLIENT.into()));
    assert_texts(&said, &["sub", "username", "scope", "origin_jti", "event_id", "jti"]);
    assert!(said["cognito:groups"].is_array() && said.get("aud").is_none(), "{said}");
}
