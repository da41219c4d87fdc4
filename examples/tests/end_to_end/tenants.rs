//! `axum_tenants`: a token opens the routes of its own audience, and no others.

use auth_conformance::idp::auth0::Auth0Fake;

use crate::ask::get;
use crate::{apps, serve};

const TENANTS: [(&str, &str); 3] = [
    ("https://api.acme.example", "/orders"),
    ("https://staff.acme.example", "/staff/orders"),
    ("https://partners.acme.example", "/partners/orders"),
];

#[tokio::test]
async fn a_token_opens_the_routes_of_its_own_audience_and_no_others() {
    let auth0 = Auth0Fake::start().await;
    let server = serve::axum(apps::axum_tenants::app(&auth0.environment()).unwrap());
    for (audience, own) in TENANTS {
        let token = auth0.token(|draft| draft.claim("aud", audience));
        for (_, path) in TENANTS {
            let status = get(server, path, Some(&token)).await.status;
            assert_eq!(status, if path == own { 200 } else { 401 }, "{audience} at {path}");
        }
    }
}

#[tokio::test]
async fn a_rule_holds_for_the_routes_of_a_group() {
    let auth0 = Auth0Fake::start().await;
    let server = serve::axum(apps::axum_tenants::app(&auth0.environment()).unwrap());
    let staff = |permission: &str| {
        let permissions = vec![permission.to_owned()];
        auth0.token(|draft| {
            draft.claim("aud", "https://staff.acme.example").claim("permissions", permissions)
        })
    };
    let status = async |token: &str| get(server, "/staff/refunds", Some(token)).await.status;
    assert_eq!(status(&staff("read:orders")).await, 403);
    assert_eq!(status(&staff("refund:orders")).await, 200);
}
