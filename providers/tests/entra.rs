//! Who calls through Microsoft Entra ID: what a user says of itself, and what it never prints.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use auth_conformance::forge::Draft;
use auth_conformance::idp::entra::{EntraFake, TENANT};
use auth_core::{Authenticate, Principal, Request, Token};
use auth_providers::{Entra, EntraUser};

/// Whoever a token like this is for.
async fn user(change: impl FnOnce(Draft) -> Draft) -> EntraUser {
    let fake = EntraFake::start().await;
    let entra = Entra::builder().build_in(&fake.environment()).unwrap();
    let request = http::Request::get("/").body(()).unwrap();
    let token = fake.token(change);
    entra.provider().authenticate(&Token::new(&token), &Request::from(&request)).await.unwrap()
}

#[tokio::test]
async fn a_user_is_an_object_of_a_tenant() {
    let user = user(|draft| draft).await;
    assert_eq!(user.identity(), (TENANT, "690222be-ff1a-4d56-abd1-7e4f7d38e474"));
    assert_eq!((user.tenant_id(), user.object_id()), user.identity());
    assert_eq!(user.subject(), "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ");
    assert_eq!(user.client_id(), "9e9b1c5f-2a7c-4d7f-9f8e-1d2c3b4a5f60");
    assert!(user.has_scope("orders.read") && user.has_role("clerk") && !user.is_application());
    assert_eq!(user.organization(), Some(TENANT));
}

#[tokio::test]
async fn a_service_of_the_first_version_has_roles_and_an_appid() {
    let issuer = format!("https://sts.windows.net/{TENANT}/");
    let user = user(|draft| {
        let draft = draft.claim("iss", issuer).without("scp").without("azp");
        draft.claim("appid", "an-app")
    });
    let user = user.await;
    assert_eq!(user.client_id(), "an-app");
    assert!(user.is_application() && user.has_role("clerk"));
}

#[tokio::test]
async fn a_user_prints_no_person() {
    let printed = format!("{:?}", user(|draft| draft).await);
    assert!(printed.contains(TENANT) && printed.contains("preferred_username"), "{printed}");
    for secret in ["690222be", "ada@acme.example", "AAAAAAAA", "9e9b1c5f"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
