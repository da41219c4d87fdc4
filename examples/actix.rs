//! The same API as `axum_auth0`, on actix-web.
//!
//! Copy `app` for the rules and the middleware, which is made once and cloned for each worker, and
//! `place` for a handler that knows its user. `AUTH0_DOMAIN` and `AUTH0_AUDIENCE` say whose tokens
//! count. Run: `cargo run -p auth-examples --example actix`.

use std::error::Error;
use std::net::TcpListener;

use actix_web::dev::Server;
use actix_web::web::{self, ServiceConfig};
use actix_web::{App, HttpServer};
use auth_core::access::Rule;
use auth_core::actix::{AuthMiddleware, User};
use auth_core::metadata::ResourceMetadata;
use auth_core::{Environment, Gate, Principal as _, Verifier};
use auth_providers::Auth0;

/// The API; what is wrong with its configuration or its rules comes back, all at once.
pub fn app(environment: &Environment, listener: TcpListener) -> Result<Server, Box<dyn Error>> {
    let auth0 = Auth0::builder().build_in(environment)?;
    let issuers = auth0.verifier().map_or(&[][..], Verifier::issuers);
    let metadata = ResourceMetadata::of("https://api.acme.example");
    let metadata = issuers.iter().fold(metadata, ResourceMetadata::authorization_server);

    let gate = Gate::builder(auth0)
        .public(["/health"])
        .optional(["/feed"])
        .rule(Rule::on("/orders").methods(["POST"]).scope("write:orders"))
        .rule(Rule::everywhere())
        .resource_metadata(metadata)
        .build()?;
    let guard = AuthMiddleware::of(gate);

    let server = HttpServer::new(move || App::new().configure(routes).wrap(guard.clone()));
    Ok(server.workers(2).listen(listener)?.run())
}

fn routes(config: &mut ServiceConfig) {
    let orders = web::resource("/orders")
        .route(web::get().to(list))
        .route(web::head().to(list))
        .route(web::post().to(place));
    config
        .service(orders)
        .route("/feed", web::get().to(feed))
        .route("/health", web::get().to(async || "well"));
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

fn main() -> Result<(), Box<dyn Error>> {
    actix_web::rt::System::new().block_on(async {
        let listener = TcpListener::bind("127.0.0.1:3000")?;
        Ok(app(&Environment::process(), listener)?.await?)
    })
}
