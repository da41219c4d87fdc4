//! An API behind Auth0: rules by route, users in handlers, health and readiness.
//!
//! Copy `app` for the rules and the layer, `place` for a handler that knows its user, and `ready`
//! for the probe that keeps a server out of service until it can check tokens. `AUTH0_DOMAIN` and
//! `AUTH0_AUDIENCE` say whose tokens count. Run: `cargo run -p auth-examples --example axum_auth0`.

use std::error::Error;

use auth_core::access::Rule;
use auth_core::extract::User;
use auth_core::layer::AuthLayer;
use auth_core::metadata::ResourceMetadata;
use auth_core::{Environment, Gate, Principal as _, Verifier};
use auth_providers::Auth0;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

/// The API; what is wrong with its configuration or its rules comes back, all at once.
pub fn app(environment: &Environment) -> Result<Router, Box<dyn Error>> {
    let auth0 = Auth0::builder().build_in(environment)?;
    let issuers = auth0.verifier().map_or(&[][..], Verifier::issuers);
    let metadata = ResourceMetadata::of("https://api.acme.example");
    let metadata = issuers.iter().fold(metadata, ResourceMetadata::authorization_server);

    let gate = Gate::builder(auth0)
        .public(["/health", "/ready"])
        .optional(["/feed"])
        .rule(Rule::on("/orders").methods(["POST"]).scope("write:orders"))
        .rule(Rule::everywhere())
        .resource_metadata(metadata)
        .build()?;
    let layer = AuthLayer::of(gate);

    Ok(Router::new()
        .route("/orders", get(list).post(place))
        .route("/feed", get(feed))
        .route("/health", get(|| async { "well" }))
        .route("/ready", get(ready))
        .with_state(layer.clone())
        // Last, so that it stands around everything above.
        .layer(layer))
}

async fn list(User(user): User) -> String {
    format!("orders of {}", user.subject())
}

async fn place(User(user): User) -> String {
    format!("ordered by {}", user.subject())
}

async fn feed(user: Option<User>) -> String {
    user.map_or_else(|| "for everybody".to_owned(), |User(user)| format!("for {}", user.subject()))
}

/// Alive is not ready: without keys nobody can be let in.
async fn ready(State(layer): State<AuthLayer<Auth0>>) -> StatusCode {
    match layer.provider().ready().await {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    Ok(axum::serve(listener, app(&Environment::process())?).await?)
}
