//! What Entra's fake promises
//! (<https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference>).

use auth_conformance::idp::entra::{EntraFake, TEMPLATE, TENANT};

use crate::shared::{assert_texts, claims, got, keys};

const HOST: &str = "https://login.microsoftonline.com";

/// GET `/common/v2.0/.well-known/openid-configuration`: an issuer with a place for the tenant.
#[tokio::test]
async fn all_tenants_share_one_description() {
    let entra = EntraFake::start().await;
    let described =
        got(&entra, &format!("{HOST}/common/v2.0/.well-known/openid-configuration")).await;
    assert_eq!(described["issuer"], TEMPLATE);
    assert_eq!(described["jwks_uri"], format!("{HOST}/common/discovery/v2.0/keys"));
}

/// GET `/common/discovery/v2.0/keys`: keys without `alg`, each with whose tokens it signs.
#[tokio::test]
async fn keys_have_issuers_and_no_algorithms() {
    let entra = EntraFake::start().await;
    let keys = keys(&entra, &format!("{HOST}/common/discovery/v2.0/keys")).await;
    for key in &keys {
        assert!(key.get("alg").is_none() && key["issuer"] == TEMPLATE && key["x5t"].is_string());
    }
}

/// An access token of version 2.0: tenant, object, client, and scopes in one text.
#[tokio::test]
async fn an_access_token_names_tenant_and_object() {
    let said = claims(&EntraFake::start().await.good_token());
    assert_eq!((&said["ver"], &said["tid"]), (&"2.0".into(), &TENANT.into()));
    assert_eq!(said["iss"], TEMPLATE.replace("{tenantid}", TENANT));
    assert_texts(&said, &["oid", "sub", "azp", "azpacr", "scp", "uti"]);
    assert!(said["roles"].is_array());
}
