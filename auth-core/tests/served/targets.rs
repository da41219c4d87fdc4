//! The gate's idea of a path is the router's, for every target of `targets.txt`: each is sent to a
//! server with routes and nothing else, which tells what the router makes of it, and to the same
//! routes behind a gate with a rule a route, which tells what the gate took it for.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use auth_core::access::Rule;
use auth_core::layer::AuthLayer;
use auth_core::{Claims, Gate};
use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::routing::any;
use serde_json::json;
use tower::{Layer as _, ServiceExt as _};

use crate::app::{bearer, provider, serve};
use crate::raw::send;

/// A route of axum's, and the pattern that means the same.
const ROUTES: [(&str, &str); 8] = [
    ("/", "/"),
    ("/admin", "/admin"),
    ("/admin/{*rest}", "/admin/*"),
    ("/public/{*rest}", "/public/*"),
    ("/users/{id}", "/users/:id"),
    ("/users/{id}/orders", "/users/:id/orders"),
    ("/files/{*path}", "/files/*"),
    ("/a/{x}/b", "/a/:x/b"),
];

/// The pattern that decided last.
pub(crate) type Decided = Arc<Mutex<Option<&'static str>>>;

/// Answers with the route that matched.
fn routes() -> Router {
    let told = |route: MatchedPath| async move { route.as_str().to_owned() };
    ROUTES.iter().fold(Router::new(), |router, (route, _)| router.route(route, any(told)))
}

/// The same behind a gate that notes which rule decides.
fn guarded(decided: &Decided) -> Router {
    let rules = ROUTES.iter().map(|(_, pattern)| {
        let decided = Arc::clone(decided);
        Rule::on(pattern).condition(move |_: &Claims, _: &auth_core::Request<'_>| {
            decided.lock().unwrap().get_or_insert(*pattern);
            true
        })
    });
    let gate = Gate::builder(provider()).rules(rules).build().unwrap();
    let guarded = AuthLayer::of(gate).layer(routes());
    Router::new().fallback_service(guarded.map_request(|request: Request| request))
}

pub(crate) fn targets() -> impl Iterator<Item = Vec<u8>> {
    let lines = include_str!("targets.txt").lines();
    lines.filter(|line| !line.starts_with('#')).map(|line| {
        let mut bytes = Vec::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("\\x") {
            bytes.extend_from_slice(before.as_bytes());
            bytes.push(u8::from_str_radix(&after[..2], 16).unwrap());
            rest = &after[2..];
        }
        bytes.extend_from_slice(rest.as_bytes());
        bytes
    })
}

/// What the router makes of a target: a route, or nothing.
async fn matched(server: SocketAddr, target: &[u8]) -> Option<String> {
    let answer = send(server, "GET", target, &[]).await;
    (answer.status == 200).then_some(answer.body)
}

#[tokio::test]
async fn the_gate_takes_every_target_for_what_the_router_takes_it_for() {
    let decided = Decided::default();
    let (open, closed) = (serve(routes()).await, serve(guarded(&decided)).await);
    let token = bearer(&json!({}));
    let (mut alike, mut refused, mut tried) = (0, 0, 0);
    for target in targets() {
        let name = target.escape_ascii().to_string();
        let route = matched(open, &target).await;
        *decided.lock().unwrap() = None;
        let answer = send(closed, "GET", &target, &[&token]).await;
        let pattern = decided.lock().unwrap().take();
        let of_pattern = pattern.and_then(|pattern| ROUTES.iter().find(|it| it.1 == pattern));
        match (answer.status, of_pattern) {
            (200, Some((expected, _))) => {
                assert_eq!(route.as_deref(), Some(*expected), "{name}");
                assert_eq!(answer.body, *expected, "{name}");
                alike += 1;
            }
            // `/admin/` belongs to `/admin/*` for the gate, and to nobody for this router.
            (404, Some(_)) => assert!(route.is_none() && name.ends_with('/'), "{name}"),
            (400 | 403, None) => refused += 1,
            (status, pattern) => panic!("{name}: {status}, {pattern:?}, {route:?}"),
        }
        tried += 1;
        // And no target gets anywhere without a token.
        let stranger = send(closed, "GET", &target, &[]).await;
        assert!(matches!(stranger.status, 400 | 401), "{name}: {}", stranger.status);
    }
    assert!(tried >= 150 && alike >= 30 && refused >= 100, "{tried} {alike} {refused}");
}

#[tokio::test]
async fn no_target_reaches_a_protected_handler_through_a_public_pattern() {
    let gate = Gate::builder(provider()).public(["/", "/public/*", "/users/:id"]);
    let gate = gate.protected(["/users/admin"]).build().unwrap();
    let guarded = AuthLayer::of(gate).layer(routes());
    let server = serve(Router::new().fallback_service(guarded)).await;
    let mut opened = 0;
    for target in targets() {
        let name = target.escape_ascii().to_string();
        let answer = send(server, "GET", &target, &[]).await;
        if answer.status == 200 {
            let is_public = matches!(answer.body.as_str(), "/" | "/public/{*rest}" | "/users/{id}");
            assert!(is_public && !name.contains("admin?"), "{name}: {}", answer.body);
            assert!(!name.starts_with("/users/admin"), "{name}");
            opened += 1;
        }
    }
    assert!(opened >= 10, "{opened}");
}
