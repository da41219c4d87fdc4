//! Groups of routes with audiences of their own: a token for customers opens nothing of the staff's.
//!
//! Copy `app`: one provider for each audience, one gate, and rules that hold for the routes of all.
//! `AUTH0_DOMAIN` says whose tokens count; the audiences are the API identifiers in the dashboard.
//! Run: `cargo run -p auth-examples --example axum_tenants`.

use std::error::Error;

use auth_core::access::Rule;
use auth_core::extract::User;
use auth_core::layer::AuthLayer;
use auth_core::{ConfigError, Configured, Environment, Gate, Principal as _};
use auth_providers::Auth0;
use axum::Router;
use axum::routing::get;

/// The API of the customers.
const CUSTOMERS: &str = "https://api.acme.example";
/// The API of the staff.
const STAFF: &str = "https://staff.acme.example";
/// The API of partners' machines.
const PARTNERS: &str = "https://partners.acme.example";

/// The three APIs in one server.
pub fn app(environment: &Environment) -> Result<Router, Box<dyn Error>> {
    let tokens_for = |audience: &str| -> Result<Configured<Auth0>, ConfigError> {
        Auth0::builder().audience(audience).build_in(environment)
    };
    let gate = Gate::builder(tokens_for(CUSTOMERS)?)
        .group(["/staff/*"], tokens_for(STAFF)?)
        .group(["/partners/*"], tokens_for(PARTNERS)?)
        .rule(Rule::on("/staff/refunds").permission("refund:orders"))
        .rule(Rule::everywhere())
        .build()?;

    Ok(Router::new()
        .route("/orders", get(whoami))
        .route("/staff/orders", get(whoami))
        .route("/staff/refunds", get(whoami))
        .route("/partners/orders", get(whoami))
        .layer(AuthLayer::of(gate)))
}

async fn whoami(User(user): User) -> String {
    user.subject().to_owned()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    Ok(axum::serve(listener, app(&Environment::process())?).await?)
}
