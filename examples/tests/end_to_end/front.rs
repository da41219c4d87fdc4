//! The three servers with the same rules, and where each has what the table asks for. Next: `table`.

use std::net::SocketAddr;

use auth_core::Environment;
use http::Method;

use crate::ask::{Answer, http2, plain, request, send};
use crate::{apps, serve};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Public.
    Health,
    /// With and without a user.
    Feed,
    /// A user's.
    List,
    /// The head of that.
    ListHead,
    /// That, spelled in a way that a router may read as that.
    ListEscaped,
    /// For those with the scope `write:orders`.
    Order,
    /// What no rule names and nobody serves.
    Elsewhere,
    /// The description of the resource.
    Document,
    /// The head of that.
    DocumentHead,
}

/// A running server.
pub(crate) struct Front {
    pub(crate) name: &'static str,
    address: SocketAddr,
    client: reqwest::Client,
    target: fn(Place) -> (Method, &'static str),
}

const DOCUMENT: &str = "/.well-known/oauth-protected-resource";

impl Front {
    /// All three.
    pub(crate) fn all(environment: &Environment) -> [Self; 3] {
        let axum = serve::axum(apps::axum_auth0::app(environment).unwrap());
        let actix = serve::actix(environment.clone());
        let tonic = serve::tonic(apps::tonic::app(environment).unwrap());
        [
            Self { name: "axum", address: axum, client: plain(), target: of_http },
            Self { name: "actix", address: actix, client: plain(), target: of_http },
            Self { name: "tonic", address: tonic, client: http2(), target: of_grpc },
        ]
    }

    /// Asks it.
    pub(crate) async fn ask(&self, place: Place, token: Option<&str>) -> Answer {
        let (method, path) = (self.target)(place);
        let is_call = method == Method::POST && path.starts_with("/acme.v1.");
        let mut asked = request(&self.client, self.address, method, path, token);
        if is_call {
            // An empty message, not compressed.
            asked = asked.header("content-type", "application/grpc").body(vec![0; 5]);
        }
        let answer = send(asked).await;
        // What goes wrong behind the gate is not in the status of gRPC's answers.
        assert_eq!(answer.header("grpc-status").trim_matches('0'), "", "{place:?}: {answer:?}");
        answer
    }
}

fn of_http(place: Place) -> (Method, &'static str) {
    match place {
        Place::Health => (Method::GET, "/health"),
        Place::Feed => (Method::GET, "/feed"),
        Place::List => (Method::GET, "/orders"),
        Place::ListHead => (Method::HEAD, "/orders"),
        Place::ListEscaped => (Method::GET, "/%6frders"),
        Place::Order => (Method::POST, "/orders"),
        Place::Elsewhere => (Method::GET, "/elsewhere"),
        Place::Document => (Method::GET, DOCUMENT),
        Place::DocumentHead => (Method::HEAD, DOCUMENT),
    }
}

fn of_grpc(place: Place) -> (Method, &'static str) {
    match place {
        Place::Health => (Method::POST, "/acme.v1.Orders/Health"),
        Place::Feed => (Method::POST, "/acme.v1.Orders/Feed"),
        Place::List => (Method::POST, "/acme.v1.Orders/List"),
        Place::ListHead => (Method::HEAD, "/acme.v1.Orders/List"),
        Place::ListEscaped => (Method::POST, "/acme.v1.Orders/%4cist"),
        Place::Order => (Method::POST, "/acme.v1.Orders/Place"),
        Place::Elsewhere => (Method::POST, "/acme.v1.Elsewhere/List"),
        Place::Document => (Method::GET, DOCUMENT),
        Place::DocumentHead => (Method::HEAD, DOCUMENT),
    }
}
