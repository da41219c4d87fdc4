//! The gate's idea of a path is that of actix-web's router, for every target of `targets.txt`: each
//! is sent to a server with routes and nothing else, which tells what the router makes of it, and to
//! the same routes behind a gate with a rule a route, which tells what the gate took it for.

use std::sync::Arc;

use actix_web::web::{self, ServiceConfig};
use actix_web::{App, HttpRequest, HttpServer};
use auth_core::access::Rule;
use auth_core::actix::AuthMiddleware;
use auth_core::{Claims, Gate};
use serde_json::json;

use crate::actix::start;
use crate::app::{Served, bearer, provider};
use crate::raw::send;
use crate::targets::{Decided, targets};

/// A route of actix-web's, and the pattern that means the same.
const ROUTES: [(&str, &str); 8] = [
    ("/", "/"),
    ("/admin", "/admin"),
    ("/admin/{rest:.*}", "/admin/*"),
    ("/public/{rest:.*}", "/public/*"),
    ("/users/{id}", "/users/:id"),
    ("/users/{id}/orders", "/users/:id/orders"),
    ("/files/{path:.*}", "/files/*"),
    ("/a/{x}/b", "/a/:x/b"),
];

/// Answers with the route that matched.
fn routes(config: &mut ServiceConfig) {
    let told = async |request: HttpRequest| request.match_pattern().unwrap_or_default();
    for (route, _) in ROUTES {
        config.route(route, web::route().to(told));
    }
}

/// A gate that notes which rule decides.
fn noting(decided: &Decided) -> Gate<Served> {
    let rules = ROUTES.iter().map(|(_, pattern)| {
        let decided = Arc::clone(decided);
        Rule::on(pattern).condition(move |_: &Claims, _: &auth_core::Request<'_>| {
            decided.lock().unwrap().get_or_insert(*pattern);
            true
        })
    });
    Gate::builder(provider()).rules(rules).build().unwrap()
}

#[tokio::test]
async fn the_gate_takes_every_target_for_what_the_router_takes_it_for() {
    let decided = Decided::default();
    let guard = AuthMiddleware::of(noting(&decided));
    let open = start!(App::new().configure(routes));
    let closed = start!(App::new().configure(routes).wrap(guard.clone()));
    let token = bearer(&json!({}));
    let (mut alike, mut refused, mut tried) = (0, 0, 0);
    for target in targets() {
        let name = target.escape_ascii().to_string();
        let route = send(open, "GET", &target, &[]).await;
        *decided.lock().unwrap() = None;
        let answer = send(closed, "GET", &target, &[&token]).await;
        let pattern = decided.lock().unwrap().take();
        let of_pattern = pattern.and_then(|pattern| ROUTES.iter().find(|it| it.1 == pattern));
        match (answer.status, of_pattern) {
            (200, Some((expected, _))) => {
                assert_eq!((route.status, route.body.as_str()), (200, *expected), "{name}");
                assert_eq!(answer.body, *expected, "{name}");
                alike += 1;
            }
            // `/users/7/` belongs to `/users/:id` for the gate, and to nobody for this router.
            (404, Some(_)) => assert!(route.status == 404 && name.ends_with('/'), "{name}"),
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
    let guard = AuthMiddleware::of(gate.protected(["/users/admin"]).build().unwrap());
    let server = start!(App::new().configure(routes).wrap(guard.clone()));
    let mut opened = 0;
    for target in targets() {
        let name = target.escape_ascii().to_string();
        let answer = send(server, "GET", &target, &[]).await;
        if answer.status == 200 {
            let open = ["/", "/public/{rest:.*}", "/users/{id}"];
            assert!(open.contains(&answer.body.as_str()), "{name}: {}", answer.body);
            assert!(!name.starts_with("/users/admin"), "{name}");
            opened += 1;
        }
    }
    assert!(opened >= 10, "{opened}");
}
