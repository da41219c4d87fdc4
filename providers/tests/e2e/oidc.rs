//! A real OpenID provider, the npm package `oidc-provider`: it issues a JWT and an opaque token, and
//! replaces its key.
//!
//! In: where it is and its clients' secret, from `cargo xtask e2e oidc`. The clock is one that can be
//! put forward, since a new key is looked for at most every 30 seconds.

use std::env;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use auth_core::clock::ManualClock;
use auth_core::config::Vars;
use auth_core::http::HttpRequest;
use auth_core::jwt::Unverified;
use auth_core::{Configured, Environment, Gate, Principal as _, Request, Token};
use auth_providers::Oidc;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use serde_json::Value;

use crate::Outcome;

const AUDIENCE: &str = "https://api.acme.example";

/// The provider, and a world in which it is asked.
struct Issuer {
    url: String,
    secret: String,
    clock: Arc<ManualClock>,
    environment: Environment,
}

pub(super) fn run() -> Outcome {
    let (Ok(url), Ok(secret)) = (env::var("E2E_OIDC_ISSUER"), env::var("E2E_CLIENT_SECRET")) else {
        return Outcome::Skipped("no provider is running: use `cargo xtask e2e oidc`");
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970");
    let clock = Arc::new(ManualClock::at(now));
    let environment = Environment::process().with_vars(Vars::empty());
    let environment = environment.with_clock(Arc::clone(&clock) as _);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let issuer = Issuer { url, secret, clock, environment };
    runtime.expect("a runtime can be made").block_on(story(&issuer));
    Outcome::Passed
}

async fn story(issuer: &Issuer) {
    let gate = Gate::new(issuer.provider(AUDIENCE));
    let jwt = issuer.token("jwt-client", AUDIENCE).await;
    assert_eq!(client(&gate, &jwt).await, Ok("jwt-client".to_owned()), "a JWT");
    let opaque = issuer.token("opaque-client", AUDIENCE).await;
    assert!(!opaque.contains('.'), "it is opaque");
    assert_eq!(client(&gate, &opaque).await, Ok("opaque-client".to_owned()), "an opaque token");

    let other = "https://other.acme.example";
    for id in ["jwt-client", "opaque-client"] {
        let token = issuer.token(id, other).await;
        assert_eq!(client(&gate, &token).await, Err("audience_mismatch"), "{id}, for another");
    }
    assert_eq!(client(&gate, "made-up").await, Err("token_inactive"));
    let forged = format!("{}x", &jwt[..jwt.len() - 1]);
    assert!(client(&gate, &forged).await.is_err(), "its signature was changed");

    issuer.send(HttpRequest::post_form(issuer.address("/rotate"), String::new())).await;
    let renewed = issuer.token("jwt-client", AUDIENCE).await;
    assert_ne!(key_id(&jwt), key_id(&renewed), "the key was replaced");
    issuer.clock.advance(Duration::from_secs(31));
    assert_eq!(client(&gate, &renewed).await, Ok("jwt-client".to_owned()), "the new key");
    assert_eq!(client(&gate, &jwt).await, Ok("jwt-client".to_owned()), "the old key, still there");
}

impl Issuer {
    fn provider(&self, audience: &str) -> Configured<Oidc> {
        let builder = Oidc::builder().issuer(self.url.as_str()).audience(audience);
        let builder = builder.client_id("orders-api").client_secret(self.secret.as_str());
        builder.build_in(&self.environment).expect("it is configured")
    }

    /// A client's own token for this audience (RFC 6749, section 4.4; RFC 8707).
    async fn token(&self, client: &str, audience: &str) -> String {
        let form = format!("grant_type=client_credentials&scope=orders:read&resource={audience}");
        let mut request = HttpRequest::post_form(self.address("/token"), form);
        let pair = STANDARD.encode(format!("{client}:{}", self.secret));
        let value = HeaderValue::try_from(format!("Basic {pair}")).expect("it is ASCII");
        request.headers.insert(AUTHORIZATION, value);
        let answer = self.send(request).await;
        answer["access_token"].as_str().expect("it issues a token").to_owned()
    }

    async fn send(&self, request: HttpRequest) -> Value {
        let path = request.url.path().to_owned();
        let answer = self.environment.http().send(request).await.expect("it answers");
        assert!(answer.status.is_success(), "{path}: {}", answer.status);
        serde_json::from_slice(&answer.body).unwrap_or_default()
    }

    fn address(&self, path: &str) -> url::Url {
        format!("{}{path}", self.url).parse().expect("an address")
    }
}

/// Which client the token was issued to, or the code of the refusal.
async fn client(gate: &Gate<Oidc>, token: &str) -> Result<String, &'static str> {
    let request = http::Request::get("/orders").header(AUTHORIZATION, format!("Bearer {token}"));
    let request = request.body(()).expect("a plain request");
    let decision = gate.decide(&Request::from(&request)).await;
    if let Some(denial) = decision.denial() {
        return Err(denial.code());
    }
    let user = decision.user().expect("nothing is public");
    assert!(user.has_scope("orders:read"), "the scope is seen");
    Ok(user.claims().claim("client_id").unwrap_or_default().to_owned())
}

fn key_id(jwt: &str) -> Option<String> {
    let unverified = Unverified::read(&Token::new(jwt)).ok()?;
    unverified.header("kid").map(str::to_owned)
}
