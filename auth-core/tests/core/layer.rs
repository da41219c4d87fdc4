//! The gate as a tower layer: what the client reads, what the inner service sees, and when it is
//! called at all.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use auth_core::config::Vars;
use auth_core::layer::AuthLayer;
use auth_core::{
    Algorithm, AuthProvider, Claims, Configured, HmacSecret, Principal as _, Verifier,
};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt as _;
use serde_json::json;
use tower::{Layer as _, Service, ServiceExt as _, service_fn};

use crate::keys::{SECRET, mac};
use crate::world::World;
use crate::{AUDIENCE, ISSUER, environment, good_claims};

#[derive(AuthProvider)]
#[auth(name = "acme", register = false)]
struct Acme {
    #[auth(env = "ACME_SECRET")]
    secret: HmacSecret,
    #[auth(verify = Verifier::hmac(secret).issuer(ISSUER).audience(AUDIENCE))]
    verifier: Verifier,
}

/// Everybody may go to `/health`, users anywhere but below `/admin`, and nobody knows about
/// `/broken`.
fn acme() -> Configured<Acme> {
    let rule = |_: &Claims, request: &auth_core::Request<'_>| match request.path() {
        "/broken" => Err("canary"),
        path => Ok(!path.starts_with("/admin")),
    };
    let vars = Vars::from([("ACME_SECRET", SECRET)]);
    let builder = Acme::builder().public(["/health"]).authorize_user(rule);
    builder.build_in(&environment().with_vars(vars)).unwrap()
}

/// A request, with an `Authorization` header unless it is empty.
fn request(path: &str, authorization: &str) -> Request<String> {
    let mut request = Request::get(path);
    if !authorization.is_empty() {
        request = request.header("authorization", authorization);
    }
    request.body("the request's body".to_owned()).unwrap()
}

fn bearer() -> String {
    format!("Bearer {}", mac(Algorithm::HS256, SECRET, &good_claims()))
}

/// What the inner service answers: who it was told is calling.
async fn inner(request: Request<String>) -> Result<Response<String>, Infallible> {
    let user = request.extensions().get::<Claims>().map_or("nobody", |claims| claims.subject());
    Ok(Response::new(format!("{user} says {}", request.body())))
}

/// An answer with its whole body.
pub(crate) async fn read<B>(answer: Response<B>) -> Response<String>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: std::fmt::Debug,
{
    let (parts, body) = answer.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Response::from_parts(parts, String::from_utf8(body.to_vec()).unwrap())
}

/// The answer to a request, and how often the inner service was called for it.
async fn send(request: Request<String>) -> (Response<String>, usize) {
    let calls = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&calls);
    let service = service_fn(move |request| {
        count.fetch_add(1, Ordering::SeqCst);
        inner(request)
    });
    let answer = AuthLayer::new(acme()).layer(service).oneshot(request).await;
    (read(answer.unwrap()).await, calls.load(Ordering::SeqCst))
}

/// Status, `WWW-Authenticate`, `Retry-After` and body of a refusal that never got inside.
async fn refusal(request: Request<String>) -> (u16, Option<String>, Option<String>, String) {
    let (answer, calls) = send(request).await;
    assert_eq!(calls, 0);
    assert_eq!(answer.headers()["content-type"], "application/json");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let header = |name| Some(answer.headers().get(name)?.to_str().unwrap().to_owned());
    let (challenge, retry_after) = (header("www-authenticate"), header("retry-after"));
    (answer.status().as_u16(), challenge, retry_after, answer.into_body())
}

#[tokio::test]
async fn lets_a_user_in_and_says_who_it_is() {
    let (answer, calls) = send(request("/orders", &bearer())).await;
    assert_eq!((answer.status().as_u16(), calls), (200, 1));
    assert_eq!(answer.body(), "user-1 says the request's body");
}

#[tokio::test]
async fn asks_for_a_credential_where_there_is_none() {
    let expected = (
        401,
        Some(r#"Bearer realm="api""#.to_owned()),
        None,
        r#"{"error":"Authentication required"}"#.to_owned(),
    );
    assert_eq!(refusal(request("/orders", "")).await, expected);
    assert_eq!(refusal(request("/orders", "Basic dXNlcjpwYXNz")).await, expected);
}

#[tokio::test]
async fn says_that_a_header_is_malformed() {
    let (status, challenge, retry_after, body) = refusal(request("/orders", "Bearer a b")).await;
    assert_eq!((status, retry_after), (401, None));
    assert_eq!(body, r#"{"error":"Malformed credentials"}"#);
    assert!(challenge.unwrap().starts_with(r#"Bearer error="invalid_request""#));
}

#[tokio::test]
async fn says_the_same_of_every_bad_token() {
    let mut late = good_claims();
    late["exp"] = json!(1);
    let late = mac(Algorithm::HS256, SECRET, &late);
    let forged = mac(Algorithm::HS256, &SECRET.to_uppercase(), &good_claims());
    for token in [late.as_str(), &forged, "abc", "a.b.c"] {
        let refused = refusal(request("/orders", &format!("Bearer {token}"))).await;
        let (status, challenge, retry_after, body) = refused;
        assert_eq!((status, retry_after), (401, None));
        assert_eq!(body, r#"{"error":"Invalid or expired token"}"#);
        assert_eq!(
            challenge.unwrap(),
            r#"Bearer error="invalid_token", error_description="The token is invalid or has expired""#
        );
    }
}

#[tokio::test]
async fn turns_away_a_user_who_may_not() {
    let expected = (403, None, None, r#"{"error":"Access denied"}"#.to_owned());
    assert_eq!(refusal(request("/admin/users", &bearer())).await, expected);
}

#[tokio::test]
async fn a_rule_that_fails_is_no_leave_to_enter() {
    let body = r#"{"error":"Authentication is temporarily unavailable"}"#.to_owned();
    let expected = (503, None, Some("5".to_owned()), body);
    assert_eq!(refusal(request("/broken", &bearer())).await, expected);
}

#[tokio::test]
async fn keys_that_cannot_be_had_are_no_leave_to_enter() {
    struct Remote(Verifier);

    impl auth_core::Authenticate for Remote {
        type User = Claims;

        async fn authenticate(
            &self,
            token: &auth_core::Token<'_>,
            _: &auth_core::Request<'_>,
        ) -> Result<Claims, auth_core::AuthError> {
            self.0.verify(token).await
        }
    }

    let world = World::new();
    world.issuer.say(crate::issuer::Reply::new(500, "canary"));
    let provider = Configured::new(Remote(world.verifier.clone()), "remote");
    let guarded = AuthLayer::new(provider).layer(service_fn(inner));
    let authorization = format!("Bearer {}", world.token("current"));
    let answer = guarded.clone().oneshot(request("/", &authorization)).await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["retry-after"]),
        (503, &"5".parse().unwrap())
    );

    world.issuer.say(world.published_as("current"));
    world.wait(1);
    let answer = guarded.oneshot(request("/", &authorization)).await.unwrap();
    assert_eq!(read(answer).await.body(), "user-1 says the request's body");
}

#[tokio::test]
async fn a_public_path_needs_no_token_and_looks_at_none() {
    for authorization in ["", "Bearer not-a-token", "Bearer a b", &bearer()] {
        let (answer, calls) = send(request("/health", authorization)).await;
        assert_eq!((answer.status().as_u16(), calls), (200, 1));
        assert_eq!(answer.body(), "nobody says the request's body");
    }
}

/// The claims of somebody else, as code before the layer could leave them.
async fn planted() -> Claims {
    let mut claims = good_claims();
    claims["sub"] = json!("mallory");
    let token = mac(Algorithm::HS256, SECRET, &claims);
    acme().verifier().unwrap().verify(&auth_core::Token::new(&token)).await.unwrap()
}

#[tokio::test]
async fn nobody_but_the_layer_says_who_is_calling() {
    for (path, authorization, expected) in
        [("/health", String::new(), "nobody"), ("/orders", bearer(), "user-1")]
    {
        let mut request = request(path, &authorization);
        request.extensions_mut().insert(planted().await);
        let (answer, _) = send(request).await;
        assert_eq!(answer.body(), &format!("{expected} says the request's body"));
    }
}

#[tokio::test]
async fn other_extensions_stay() {
    let echo = service_fn(|request: Request<String>| {
        let kept = request.extensions().get::<&str>().copied().unwrap_or_default();
        ready(Ok::<_, Infallible>(Response::new(kept.to_owned())))
    });
    let mut request = request("/orders", &bearer());
    request.extensions_mut().insert("kept");
    let answer = AuthLayer::new(acme()).layer(echo).oneshot(request).await.unwrap();
    assert_eq!(read(answer).await.body(), "kept");
}

/// Panics when it is called without having been ready, as tower allows a service to.
struct Strict {
    is_ready: bool,
}

/// A clone has not been ready yet.
impl Clone for Strict {
    fn clone(&self) -> Self {
        Self { is_ready: false }
    }
}

impl Service<Request<String>> for Strict {
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Ready<Result<Response<String>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.is_ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<String>) -> Self::Future {
        assert!(std::mem::take(&mut self.is_ready), "it was called without being ready");
        ready(Ok(Response::new(request.into_body())))
    }
}

#[tokio::test]
async fn calls_the_very_service_that_was_ready() {
    let mut guarded = AuthLayer::new(acme()).layer(Strict { is_ready: false });
    for _ in 0..3 {
        let ready = guarded.ready().await.unwrap();
        let answer = ready.call(request("/orders", &bearer())).await.unwrap();
        assert_eq!(read(answer).await.body(), "the request's body");
    }
}

#[tokio::test]
async fn is_ready_when_the_inner_service_is() {
    #[derive(Clone)]
    struct Busy;

    impl Service<Request<String>> for Busy {
        type Response = Response<String>;
        type Error = &'static str;
        type Future = Ready<Result<Response<String>, &'static str>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
            Poll::Ready(Err("busy"))
        }

        fn call(&mut self, _: Request<String>) -> Self::Future {
            ready(Err("called although it is busy"))
        }
    }

    let guarded = AuthLayer::new(acme()).layer(Busy);
    assert_eq!(guarded.oneshot(request("/orders", &bearer())).await.unwrap_err(), "busy");
}
