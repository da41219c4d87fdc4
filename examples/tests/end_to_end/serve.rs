//! Servers on loopback ports of their own, for as long as a test runs.
//!
//! In: an application. Out: the address it answers at. Next: `ask`.

use std::net::{SocketAddr, TcpListener};
use std::thread;

use auth_core::Environment;
use axum::Router;
use tonic::service::Routes;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;

use crate::apps;

/// A listener, and where it listens.
fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// Serves an application of axum's.
pub(crate) fn axum(app: Router) -> SocketAddr {
    let (listener, address) = listener();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    address
}

/// Serves services of tonic's.
pub(crate) fn tonic(services: Routes) -> SocketAddr {
    let (listener, address) = listener();
    let incoming = TcpIncoming::from(tokio::net::TcpListener::from_std(listener).unwrap());
    let server = Server::builder().add_routes(services).serve_with_incoming(incoming);
    tokio::spawn(async move { server.await.unwrap() });
    address
}

/// Serves the example of actix-web, whose server has threads of its own.
pub(crate) fn actix(environment: Environment) -> SocketAddr {
    let (listener, address) = listener();
    thread::spawn(move || {
        let system = actix_web::rt::System::new();
        let serving = async { apps::actix::app(&environment, listener).unwrap().await.unwrap() };
        system.block_on(serving);
    });
    address
}
