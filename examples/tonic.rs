//! The same rules as `axum_auth0` around a gRPC service of tonic's.
//!
//! Copy `app`: a gRPC method is a path, `/package.Service/Method`, so rules name methods. Copy
//! `answer` for how a method finds its user: in the request's extensions. `OrdersServer` stands for
//! the server that tonic's build step writes from a `.proto` file; see `lib.rs`. `AUTH0_DOMAIN` and
//! `AUTH0_AUDIENCE` say whose tokens count. Run: `cargo run -p auth-examples --example tonic`.

use std::error::Error;

use auth_core::access::Rule;
use auth_core::layer::AuthLayer;
use auth_core::metadata::ResourceMetadata;
use auth_core::{Claims, Environment, Gate, Principal as _, Verifier};
use auth_examples::{Method, OrdersServer};
use auth_providers::Auth0;
use tonic::service::Routes;
use tonic::transport::Server;
use tonic::{Request, Response, Status};

/// The services; what is wrong with their configuration or their rules comes back, all at once.
pub fn app(environment: &Environment) -> Result<Routes, Box<dyn Error>> {
    let auth0 = Auth0::builder().build_in(environment)?;
    let issuers = auth0.verifier().map_or(&[][..], Verifier::issuers);
    let metadata = ResourceMetadata::of("https://api.acme.example");
    let metadata = issuers.iter().fold(metadata, ResourceMetadata::authorization_server);

    let gate = Gate::builder(auth0)
        .public(["/acme.v1.Orders/Health"])
        .optional(["/acme.v1.Orders/Feed"])
        .rule(Rule::on("/acme.v1.Orders/Place").scope("write:orders"))
        .rule(Rule::everywhere())
        .resource_metadata(metadata)
        .build()?;

    let services = Routes::new(OrdersServer::new(answer)).into_axum_router();
    Ok(services.layer(AuthLayer::of(gate)).into())
}

/// A refused request never comes here; on an open path there may be no user.
async fn answer(method: Method, request: Request<String>) -> Result<Response<String>, Status> {
    let user = request.extensions().get::<Claims>().map(Claims::subject);
    let text = match (method, user) {
        (Method::Health, _) => "well".to_owned(),
        (Method::Feed, None) => "for everybody".to_owned(),
        (Method::Feed, Some(user)) => format!("for {user}"),
        (Method::List, Some(user)) => format!("orders of {user}"),
        (Method::Place, Some(user)) => format!("ordered by {user}"),
        (Method::List | Method::Place, None) => return Err(Status::unauthenticated("no user")),
    };
    Ok(Response::new(text))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let services = app(&Environment::process())?;
    Ok(Server::builder().add_routes(services).serve("127.0.0.1:3000".parse()?).await?)
}
