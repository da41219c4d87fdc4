//! Firebase's own emulator of its authentication: real tokens of a user who signs up, whose sessions
//! are revoked, who is disabled and deleted.
//!
//! See <https://firebase.google.com/docs/emulator-suite/connect_auth>.

use std::env;
use std::time::Duration;

use auth_core::config::Vars;
use auth_core::http::HttpRequest;
use auth_core::{Configured, Environment, Gate, Request};
use auth_providers::{Firebase, FirebaseUser};
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use serde_json::{Value, json};

use crate::Outcome;

const PROJECT: &str = "demo-acme";

/// The emulator's interface, asked as its owner.
struct Emulator {
    host: String,
    environment: Environment,
}

pub(super) fn run() -> Outcome {
    let Ok(host) = env::var("FIREBASE_AUTH_EMULATOR_HOST") else {
        return Outcome::Skipped("no emulator is running: use `cargo xtask e2e firebase`");
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let environment = Environment::process().with_vars(Vars::empty());
    runtime.expect("a runtime can be made").block_on(story(&Emulator { host, environment }));
    Outcome::Passed
}

async fn story(emulator: &Emulator) {
    let jane = emulator.ask(
        "accounts:signUp?key=any",
        json!({
            "email": "jane@acme.example", "password": "only-for-tests", "returnSecureToken": true,
        }),
    );
    let jane = jane.await;
    let (uid, token) = (text(&jane, "localId"), text(&jane, "idToken"));

    let production = Gate::new(emulator.provider(PROJECT, false));
    assert_eq!(code(&production, token).await, Err("token_malformed"), "without the call");
    let other = Gate::new(emulator.provider("demo-other", true));
    assert_eq!(code(&other, token).await, Err("issuer_mismatch"), "of another project");

    let gate = Gate::new(emulator.provider(PROJECT, true));
    let user = code(&gate, token).await.expect("it is accepted under the explicit call");
    assert_eq!(user.uid(), uid);
    assert_eq!(user.unverified_email(), Some("jane@acme.example"));
    assert_eq!((user.sign_in_provider(), user.tenant()), (Some("password"), None));
    let (payload, signature) = (token.split('.').nth(1).unwrap_or_default(), "c2lnbmVk");
    let signed = format!("eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.{payload}.{signature}");
    assert_eq!(code(&gate, &signed).await, Err("algorithm_not_allowed"), "a signed one");

    let update = format!("projects/{PROJECT}/accounts:update");
    let since = |seconds: u64| json!({ "localId": uid, "validSince": seconds.to_string() });
    let signed_in = user.signed_in_at().expect("a verified token says it").as_secs();
    emulator.ask(&update, since(signed_in + 1)).await;
    assert_eq!(code(&gate, token).await, Err("user_inactive"), "revoked");
    emulator.ask(&update, since(signed_in)).await;
    assert!(code(&gate, token).await.is_ok(), "not revoked any more");
    emulator.ask(&update, json!({ "localId": uid, "disableUser": true })).await;
    assert_eq!(code(&gate, token).await, Err("user_inactive"), "disabled");
    emulator.ask(&update, json!({ "localId": uid, "disableUser": false })).await;
    assert!(code(&gate, token).await.is_ok(), "enabled again");
    emulator.ask(&format!("projects/{PROJECT}/accounts:delete"), json!({ "localId": uid })).await;
    assert_eq!(code(&gate, token).await, Err("user_inactive"), "deleted");
}

impl Emulator {
    /// A provider that keeps no answers, so that every change is seen at once.
    fn provider(&self, project: &str, emulated: bool) -> Configured<Firebase> {
        let builder = Firebase::builder().project(project).danger_any_user(true);
        let builder = builder.keep_answers(Duration::ZERO);
        let builder = if emulated { builder.danger_emulator(self.host.as_str()) } else { builder };
        builder.build_in(&self.environment).expect("it is configured")
    }

    async fn ask(&self, path: &str, body: Value) -> Value {
        let url = format!("http://{}/identitytoolkit.googleapis.com/v1/{path}", self.host);
        let mut request =
            HttpRequest::post_form(url.parse().expect("an address"), body.to_string());
        request.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        // Signing up is for everybody, the rest for the project's owner.
        if !path.contains("signUp") {
            request.headers.insert(AUTHORIZATION, HeaderValue::from_static("Bearer owner"));
        }
        let answer = self.environment.http().send(request).await.expect("the emulator answers");
        assert!(answer.status.is_success(), "{path}: {}", answer.status);
        serde_json::from_slice(&answer.body).expect("it answers with JSON")
    }
}

/// The user, or the code of the refusal.
async fn code(gate: &Gate<Firebase>, token: &str) -> Result<FirebaseUser, &'static str> {
    let request = http::Request::get("/orders").header(AUTHORIZATION, format!("Bearer {token}"));
    let request = request.body(()).expect("a plain request");
    match gate.decide(&Request::from(&request)).await {
        auth_core::Decision::Allow(allow) => Ok(allow.into_user().expect("nothing is public")),
        auth_core::Decision::Deny(denial) => Err(denial.error().code()),
    }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().expect("the emulator says it")
}
