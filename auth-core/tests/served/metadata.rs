//! The description of a resource (RFC 9728): where it is, what it says, and what it does not take
//! from a request.

use auth_core::access::Rule;
use auth_core::layer::AuthLayer;
use auth_core::metadata::ResourceMetadata;
use auth_core::{Gate, gate::GateError};
use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};

use crate::app::{Served, provider, serve};
use crate::raw::{Answer, send};

const PATH: &str = "/.well-known/oauth-protected-resource/mcp";

fn gate(metadata: ResourceMetadata) -> Result<Gate<Served>, GateError> {
    let rules = [Rule::on("/mcp/*").scope("tools:call"), Rule::everywhere()];
    Gate::builder(provider()).rules(rules).resource_metadata(metadata).build()
}

fn metadata() -> ResourceMetadata {
    ResourceMetadata::of("https://api.acme.example/mcp")
        .authorization_server("https://issuer.example/")
        .scopes(["tools:list"])
        .name("Tools")
}

async fn ask(method: &str, target: &str, headers: &[&str]) -> Answer {
    let layer = AuthLayer::of(gate(metadata()).unwrap());
    let routes = Router::new().route("/mcp", get(|| async { "in" }));
    let server = serve(Router::new().fallback_service(tower::Layer::layer(&layer, routes))).await;
    send(server, method, target.as_bytes(), headers).await
}

#[tokio::test]
async fn the_document_is_served_without_a_token_where_the_rfc_says() {
    let answer = ask("GET", PATH, &[]).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, vec!["application/json"]));
    let document: Value = serde_json::from_str(&answer.body).unwrap();
    let expected = json!({
        "resource": "https://api.acme.example/mcp",
        "authorization_servers": ["https://issuer.example/"],
        "scopes_supported": ["tools:call", "tools:list"],
        "bearer_methods_supported": ["header"],
        "resource_name": "Tools",
    });
    assert_eq!(document, expected);
}

#[tokio::test]
async fn nothing_else_is_open_for_it() {
    for (method, target) in [("POST", PATH), ("GET", "/.well-known/oauth-protected-resource")] {
        assert_eq!(ask(method, target, &[]).await.status, 401, "{method} {target}");
    }
    let answer = ask("HEAD", PATH, &[]).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
}

#[tokio::test]
async fn every_401_names_the_document_whatever_host_the_client_says() {
    let forged = ["x-forwarded-host: evil.example", "forwarded: host=evil.example"];
    let answer = ask("GET", "/mcp", &forged).await;
    assert_eq!(answer.status, 401);
    let expected =
        format!(r#"Bearer realm="api", resource_metadata="https://api.acme.example{PATH}""#);
    assert_eq!(answer.header("www-authenticate"), [expected]);
}

#[test]
fn a_description_that_clients_could_not_trust_is_refused_when_it_is_built() {
    for resource in ["http://api.acme.example", "https://a.example/?x", "https://u:p@a.example", ""]
    {
        let wrong = ResourceMetadata::of(resource).authorization_server("https://issuer.example/");
        assert_eq!(gate(wrong).unwrap_err().problems().len(), 1, "{resource}");
    }
    let nobody = ResourceMetadata::of("https://api.acme.example");
    let error = gate(nobody).unwrap_err().to_string();
    assert!(error.contains("names no authorization server"), "{error}");
}
