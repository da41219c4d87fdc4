//! `mcp`: how a client of the Model Context Protocol finds its way in, and what it finds.

use std::net::SocketAddr;

use auth_conformance::fake::Fake;
use auth_conformance::idp::auth0::Auth0Fake;
use http::Method;
use serde_json::{Value, json};

use crate::ask::{Answer, get, plain, request, send};
use crate::{apps, serve};

async fn call(server: SocketAddr, token: Option<&str>, message: &Value) -> Answer {
    let request = request(&plain(), server, Method::POST, "/mcp", token);
    let request = request.header("content-type", "application/json");
    send(request.body(message.to_string())).await
}

/// A token for the server, with this scope.
fn token(auth0: &Fake, scope: &str) -> String {
    auth0.token(|draft| draft.claim("aud", apps::mcp::RESOURCE).claim("scope", scope))
}

fn list() -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" })
}

#[tokio::test]
async fn a_client_follows_the_challenge_to_the_issuer() {
    let auth0 = Auth0Fake::start().await;
    let server = serve::axum(apps::mcp::app(&auth0.environment()).unwrap());
    let refused = call(server, None, &list()).await;
    assert_eq!(refused.status, 401);
    let challenge = refused.header("www-authenticate");
    let (_, address) =
        challenge.split_once(r#"resource_metadata="https://mcp.acme.example"#).unwrap();

    let document = get(server, address.trim_end_matches('"'), None).await;
    let document: Value = serde_json::from_str(&document.body).unwrap();
    assert_eq!(document["resource"], apps::mcp::RESOURCE);
    assert_eq!(document["authorization_servers"], json!(["https://acme.eu.auth0.com/"]));
}

#[tokio::test]
async fn only_a_token_for_this_very_server_counts() {
    let auth0 = Auth0Fake::start().await;
    let server = serve::axum(apps::mcp::app(&auth0.environment()).unwrap());
    // Good at the API of the same tenant, and passed on by whoever got it there.
    let passed_on = call(server, Some(&auth0.good_token()), &list()).await;
    assert_eq!(passed_on.status, 401);
    assert!(passed_on.header("www-authenticate").contains(r#"error="invalid_token""#));
    assert_eq!(call(server, Some(&token(&auth0, "")), &list()).await.status, 200);
}

#[tokio::test]
async fn calls_are_answered_and_tools_shown_to_those_who_may_use_them() {
    let auth0 = Auth0Fake::start().await;
    let server = serve::axum(apps::mcp::app(&auth0.environment()).unwrap());
    let reader = token(&auth0, "read:orders");
    let answer = async |token: &str, message: Value| {
        let answer = call(server, Some(token), &message).await;
        serde_json::from_str::<Value>(&answer.body).unwrap()
    };
    let initialize = json!({ "jsonrpc": "2.0", "id": "a", "method": "initialize" });
    let said = answer(&reader, initialize).await;
    assert_eq!(
        (&said["id"], &said["result"]["serverInfo"]["name"]),
        (&json!("a"), &json!("orders"))
    );
    let tools = answer(&reader, list()).await;
    assert_eq!(tools["result"]["tools"][0]["name"], "list_orders");
    let tools = answer(&token(&auth0, "openid"), list()).await;
    assert_eq!(tools["result"]["tools"], json!([]));
    let unknown = answer(&reader, json!({ "id": 1, "method": "prompts/list" })).await;
    assert_eq!(unknown["error"]["code"], -32601);

    let notification = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    assert_eq!(call(server, Some(&reader), &notification).await.status, 202);
}
