//! What the layer allocates beyond authenticating itself: the user's place in the request, and
//! nothing else once it has warmed up.
#![cfg(all(feature = "tower", feature = "derive"))]
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::alloc::System;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::time::{SystemTime, UNIX_EPOCH};

use auth_core::access::Rule;
use auth_core::layer::AuthLayer;
use auth_core::{AuthError, Authenticate, Environment, Request};
use auth_core::{Claims, Configured, Gate, HmacSecret, Token, Verifier};
use futures_util::FutureExt as _;
use http::Response;
use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::json;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tower::{Layer as _, Service as _, service_fn};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const SECRET: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

struct Acme(Verifier);

impl Authenticate for Acme {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        self.0.verify(token).await
    }
}

fn acme() -> Acme {
    let secret = HmacSecret::parse(SECRET).unwrap();
    let verifier = Verifier::hmac(&secret).issuer("https://issuer.example/").audience("api");
    Acme(verifier.build_in(&Environment::process()).unwrap())
}

fn token() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let claims = json!({
        "iss": "https://issuer.example/", "aud": "api", "sub": "user-1", "exp": now + 600,
        "roles": ["clerk"],
    });
    encode(&Header::default(), &claims, &EncodingKey::from_secret(SECRET.as_bytes())).unwrap()
}

/// How often memory was asked for while this ran.
fn allocations<T>(work: impl FnOnce() -> T) -> (usize, T) {
    let region = Region::new(COUNTING);
    let outcome = work();
    let change = region.change();
    (change.allocations + change.reallocations, outcome)
}

#[expect(clippy::needless_pass_by_value, reason = "a service is given its request")]
fn inner(request: http::Request<()>) -> Ready<Result<Response<bool>, Infallible>> {
    ready(Ok(Response::new(request.extensions().get::<Claims>().is_some())))
}

#[test]
fn the_layer_allocates_for_the_user_and_for_nothing_else() {
    let (acme, token) = (acme(), token());
    let request = || {
        let request = http::Request::get("/orders/7");
        request.header("authorization", format!("Bearer {token}")).body(()).unwrap()
    };
    let rules = [Rule::on("/admin/*").role("admin"), Rule::on("/orders/*").role("clerk")];
    let gate = Gate::builder(Configured::new(self::acme(), "acme")).public(["/health"]);
    let layer = AuthLayer::of(gate.rules(rules).build().unwrap());
    let mut guarded = layer.layer(service_fn(inner));

    let alone = |request: &http::Request<()>| {
        let view = Request::from(request);
        // The question that the rule asks: the first one makes values of the claims.
        let is_clerk = |user: Claims| user.has_role("clerk");
        let authenticate = || acme.authenticate(&Token::new(&token), &view).now_or_never().unwrap();
        allocations(|| authenticate().map(is_clerk)).0
    };
    let (warm, cold) = (request(), request());
    alone(&warm);
    assert!(guarded.call(warm).now_or_never().unwrap().unwrap().status().is_success());
    let verifying = alone(&cold);
    let (whole, answer) = allocations(|| guarded.call(cold).now_or_never().unwrap());
    assert!(answer.unwrap().status().is_success());

    let user = acme.0.verify(&Token::new(&token)).now_or_never().unwrap().unwrap();
    let mut plain = http::Request::new(());
    let (keeping, _) = allocations(|| plain.extensions_mut().insert(user));
    assert!(keeping > 0);
    assert_eq!(whole, verifying + keeping, "{verifying} for verifying, {keeping} for the user");
}
