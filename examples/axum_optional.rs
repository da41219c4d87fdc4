//! Pages that work with and without a user, and say more to those who have signed in.
//!
//! Copy `.optional(..)` and the handler's `Option<User>`. A token that is there has to be good: an
//! expired one is refused, so that nobody is taken for a stranger without noticing. `AUTH0_DOMAIN`
//! and `AUTH0_AUDIENCE` say whose tokens count. Run: `cargo run -p auth-examples --example
//! axum_optional`.

use std::error::Error;

use auth_core::extract::User;
use auth_core::layer::AuthLayer;
use auth_core::{Environment, Gate, Principal as _};
use auth_providers::Auth0;
use axum::Router;
use axum::routing::get;

/// A shop: everybody may look, users get prices of their own, the basket is a user's.
pub fn app(environment: &Environment) -> Result<Router, Box<dyn Error>> {
    let gate = Gate::builder(Auth0::builder().build_in(environment)?)
        .public(["/"])
        .optional(["/products", "/products/:id"])
        .build()?;

    Ok(Router::new()
        .route("/", get(|| async { "welcome" }))
        .route("/products", get(prices))
        .route("/products/{id}", get(prices))
        .route("/basket", get(basket))
        .layer(AuthLayer::of(gate)))
}

async fn prices(user: Option<User>) -> String {
    match user {
        Some(User(user)) => format!("prices for {}", user.subject()),
        None => "list prices".to_owned(),
    }
}

async fn basket(User(user): User) -> String {
    format!("basket of {}", user.subject())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    Ok(axum::serve(listener, app(&Environment::process())?).await?)
}
