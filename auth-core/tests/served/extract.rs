//! Extractors: the user, nobody, the application's own claims, and users who may.

use auth_core::access::Rule;
use auth_core::extract::{Allowed, ClaimsAs, Requirement, User};
use auth_core::layer::AuthLayer;
use auth_core::{Claims, Gate, Principal as _};
use axum::Router;
use axum::routing::get;
use http::HeaderName;
use serde_json::{Value, json};

use crate::app::{bearer, provider, serve};
use crate::raw::{Answer, send};

struct WriteOrders;

impl Requirement for WriteOrders {
    const SCOPES: &[&str] = &["write:orders"];
    const ROLES: &[&str] = &["clerk"];
}

#[derive(serde::Deserialize)]
struct Staff {
    email: String,
}

fn routes() -> Router {
    Router::new()
        .route("/me", get(|User(user): User| async move { user.subject().to_owned() }))
        .route(
            "/feed",
            get(|user: Option<User>| async move {
                user.map_or_else(|| "nobody".to_owned(), |User(user)| user.subject().to_owned())
            }),
        )
        .route("/desk", get(|ClaimsAs(staff, _): ClaimsAs<Staff>| async move { staff.email }))
        .route(
            "/orders",
            get(|it: Allowed<WriteOrders>| async move { it.user.subject().to_owned() }),
        )
        .route(
            "/header",
            get(|headers: http::HeaderMap| async move {
                let values = headers.get_all("x-user-id").iter();
                values.map(|value| value.to_str().unwrap()).collect::<Vec<_>>().join(",")
            }),
        )
}

/// The answer of the guarded routes.
async fn ask(path: &str, headers: &[&str]) -> Answer {
    let gate = Gate::builder(provider()).optional(["/feed"]).public(["/me/public", "/header"]);
    let gate = gate.rule(Rule::everywhere()).build().unwrap();
    let layer = AuthLayer::of(gate)
        .identity_header(HeaderName::from_static("x-user-id"), |user: &Claims| {
            Some(user.subject().to_owned())
        });
    let public = Router::new()
        .route("/me/public", get(|User(user): User| async move { user.subject().to_owned() }));
    let server = serve(routes().merge(public).layer(layer)).await;
    send(server, "GET", path.as_bytes(), headers).await
}

fn with(claims: &Value) -> String {
    bearer(claims)
}

#[tokio::test]
async fn a_handler_gets_the_user() {
    let answer = ask("/me", &[&with(&json!({}))]).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "user-1"));
}

#[tokio::test]
async fn a_handler_that_asks_for_a_user_on_a_public_path_answers_401() {
    let answer = ask("/me/public", &[]).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("www-authenticate"), [r#"Bearer realm="api""#]);
}

#[tokio::test]
async fn without_the_layer_nobody_gets_in() {
    let server = serve(routes()).await;
    for path in ["/me", "/desk", "/orders"] {
        let answer = send(server, "GET", path.as_bytes(), &[&with(&json!({}))]).await;
        assert_eq!(answer.status, 401, "{path}");
    }
}

#[tokio::test]
async fn an_optional_user_is_the_user_or_nobody_and_never_a_bad_token() {
    assert_eq!(ask("/feed", &[]).await.body, "nobody");
    assert_eq!(ask("/feed", &[&with(&json!({}))]).await.body, "user-1");
    assert_eq!(ask("/feed", &["authorization: Bearer a.b.c"]).await.status, 401);
    assert_eq!(ask("/feed", &[&with(&json!({"exp": 1}))]).await.status, 401);
}

#[tokio::test]
async fn claims_come_as_the_applications_own_type_or_not_at_all() {
    let answer = ask("/desk", &[&with(&json!({"email": "a@acme.example"}))]).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "a@acme.example"));
    for claims in [json!({}), json!({"email": 1}), json!({"email": null})] {
        assert_eq!(ask("/desk", &[&with(&claims)]).await.status, 403);
    }
}

#[tokio::test]
async fn a_requirement_names_the_scope_that_is_missing() {
    let allowed = with(&json!({"scope": "read write:orders", "roles": ["clerk"]}));
    assert_eq!(ask("/orders", &[&allowed]).await.status, 200);

    let answer =
        ask("/orders", &[&with(&json!({"scope": "write:orders2", "roles": ["clerk"]}))]).await;
    assert_eq!(answer.status, 403);
    let [challenge] = answer.header("www-authenticate")[..] else { panic!("{}", answer.head) };
    assert!(challenge.contains(r#"error="insufficient_scope""#), "{challenge}");
    assert!(challenge.contains(r#"scope="write:orders""#), "{challenge}");

    let answer =
        ask("/orders", &[&with(&json!({"scope": "write:orders", "roles": "chief"}))]).await;
    assert_eq!((answer.status, answer.header("www-authenticate").len()), (403, 0));
}

#[tokio::test]
async fn an_identity_header_is_the_gates_alone() {
    let forged = ["x-user-id: mallory", "x-user-id: admin"];
    assert_eq!(ask("/header", &forged).await.body, "");
}
