//! `axum_optional`: pages for everybody, and for those who have signed in; and the probes of
//! `axum_auth0`.

use auth_conformance::idp::Reply;
use auth_conformance::idp::auth0::Auth0Fake;

use crate::ask::get;
use crate::{apps, serve};

#[tokio::test]
async fn a_page_works_with_and_without_a_user_and_never_with_a_bad_token() {
    let auth0 = Auth0Fake::start().await;
    let server = serve::axum(apps::axum_optional::app(&auth0.environment()).unwrap());
    let (good, expired) = (auth0.good_token(), auth0.token(|draft| draft.claim("exp", 1)));
    for path in ["/products", "/products/7"] {
        assert_eq!(get(server, path, None).await.body, "list prices");
        assert_eq!(get(server, path, Some(&good)).await.body, "prices for user-1");
        assert_eq!(get(server, path, Some(&expired)).await.status, 401);
    }
    assert_eq!(get(server, "/", Some(&expired)).await.body, "welcome");
    assert_eq!(get(server, "/basket", None).await.status, 401);
    assert_eq!(get(server, "/basket", Some(&good)).await.body, "basket of user-1");
}

#[tokio::test]
async fn a_server_is_ready_once_it_has_keys_and_alive_before() {
    let auth0 = Auth0Fake::start().await;
    auth0.issuer.reply(Reply::text(500, "text/plain", "down"));
    let server = serve::axum(apps::axum_auth0::app(&auth0.environment()).unwrap());
    assert_eq!(get(server, "/ready", None).await.status, 503);
    assert_eq!(get(server, "/health", None).await.status, 200);
    let answer = get(server, "/orders", Some(&auth0.good_token())).await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, "5"));

    let auth0 = Auth0Fake::start().await;
    let server = serve::axum(apps::axum_auth0::app(&auth0.environment()).unwrap());
    assert_eq!(get(server, "/ready", None).await.status, 200);
}
