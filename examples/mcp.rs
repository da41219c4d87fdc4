//! A server of the Model Context Protocol with its authorization: clients find out by themselves
//! where to get a token, and only tokens for this very server count.
//!
//! Copy `app`: the audience is the server's own address, the document of RFC 9728 names the issuer,
//! and every challenge names the document. What answers the calls may be any library; here it is
//! `call`, by hand. `AUTH0_DOMAIN` says whose tokens count. Run: `cargo run -p auth-examples
//! --example mcp`.

use std::error::Error;

use auth_core::extract::User;
use auth_core::layer::AuthLayer;
use auth_core::metadata::ResourceMetadata;
use auth_core::{Claims, Environment, Gate, Verifier};
use auth_providers::Auth0;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

/// The address under which clients know this server.
pub const RESOURCE: &str = "https://mcp.acme.example/mcp";

/// The server.
pub fn app(environment: &Environment) -> Result<Router, Box<dyn Error>> {
    let auth0 = Auth0::builder().audience(RESOURCE).build_in(environment)?;
    let issuers = auth0.verifier().map_or(&[][..], Verifier::issuers);
    let metadata = ResourceMetadata::of(RESOURCE).name("Orders").scopes(["read:orders"]);
    let metadata = issuers.iter().fold(metadata, ResourceMetadata::authorization_server);

    let gate = Gate::builder(auth0).resource_metadata(metadata).build()?;
    Ok(Router::new().route("/mcp", post(call)).layer(AuthLayer::of(gate)))
}

/// One message of JSON-RPC 2.0; a notification, which has no id, gets no answer.
async fn call(User(user): User, Json(message): Json<Value>) -> Response {
    let Some(id) = message.get("id") else { return StatusCode::ACCEPTED.into_response() };
    let outcome = match message["method"].as_str() {
        Some("initialize") => ("result", initialize()),
        Some("tools/list") => ("result", json!({ "tools": tools(&user) })),
        _ => ("error", json!({ "code": -32601, "message": "there is no such method" })),
    };
    let (member, value) = outcome;
    Json(json!({ "jsonrpc": "2.0", "id": id, member: value })).into_response()
}

fn initialize() -> Value {
    json!({
        "protocolVersion": "2025-06-18",
        "capabilities": { "tools": {} },
        "serverInfo": { "name": "orders", "version": "1.0.0" },
    })
}

/// Whoever may not read orders is not told that there is a tool for it.
fn tools(user: &Claims) -> Vec<Value> {
    let orders = json!({
        "name": "list_orders",
        "description": "The orders of the user.",
        "inputSchema": { "type": "object" },
    });
    user.has_scope("read:orders").then_some(orders).into_iter().collect()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    Ok(axum::serve(listener, app(&Environment::process())?).await?)
}
