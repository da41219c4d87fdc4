//! What Keycloak's fake promises (<https://www.keycloak.org/securing-apps/oidc-layers>).

use auth_conformance::idp::keycloak::{ISSUER, KeycloakFake};
use serde_json::json;

use crate::shared::{assert_texts, claims, got, keys};

/// GET `/realms/{realm}/.well-known/openid-configuration`: an issuer without a slash, and its keys.
#[tokio::test]
async fn the_realm_describes_itself() {
    let keycloak = KeycloakFake::start().await;
    let described = got(&keycloak, &format!("{ISSUER}/.well-known/openid-configuration")).await;
    assert_eq!(described["issuer"], ISSUER);
    assert_eq!(described["jwks_uri"], format!("{ISSUER}/protocol/openid-connect/certs"));
}

/// GET `/realms/{realm}/protocol/openid-connect/certs`: keys that sign, and one for encryption.
#[tokio::test]
async fn the_keys_have_algorithms_and_one_of_them_encrypts() {
    let keycloak = KeycloakFake::start().await;
    let keys = keys(&keycloak, &format!("{ISSUER}/protocol/openid-connect/certs")).await;
    let uses: Vec<_> = keys.iter().map(|key| (&key["use"], &key["alg"])).collect();
    let (sig, enc) = ((&json!("sig"), &json!("RS256")), (&json!("enc"), &json!("RSA-OAEP")));
    assert_eq!(uses, [sig, sig, enc]);
}

/// An access token: its kind in the payload, roles of the realm and of clients, scopes in one text.
#[tokio::test]
async fn an_access_token_says_what_it_is() {
    let said = claims(&KeycloakFake::start().await.good_token());
    assert_eq!((&said["typ"], &said["iss"]), (&json!("Bearer"), &json!(ISSUER)));
    assert_texts(&said, &["azp", "sub", "sid", "jti", "scope", "preferred_username"]);
    assert!(said["realm_access"]["roles"].is_array());
    assert!(said["resource_access"]["account"]["roles"].is_array());
    assert!(said["allowed-origins"].is_array());
}
