//! Opaque tokens through the gate: a provider without a verifier says itself which schemes it takes.

use auth_core::http::HttpError;
use auth_core::introspection::Introspection;
use auth_core::token::Scheme;
use auth_core::{AuthError, Authenticate, Claims, Configured, Gate, Request, Token};
use serde_json::json;

use crate::holder::{Holder, request, required};
use crate::introspection::{Opaque, expecting, good_answer};
use crate::issuer::Reply;

struct Desk(Introspection);

impl Authenticate for Desk {
    type User = Claims;

    async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<Claims, AuthError> {
        self.0.verify_request(token, request).await
    }

    fn schemes(&self) -> &'static [Scheme] {
        self.0.schemes()
    }

    async fn ready(&self) -> Result<(), AuthError> {
        self.0.ready().await
    }
}

/// Says nothing of when it is ready.
struct Silent(Introspection);

impl Authenticate for Silent {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        self.0.verify(token).await
    }
}

#[tokio::test]
async fn a_proof_lets_the_holder_of_an_opaque_token_in_behind_any_type_of_provider() {
    let (holder, token) = (Holder::new(), "an-opaque-token");
    let desk = Opaque::with(|builder| expecting(builder).dpop(required()));
    let mut answer = good_answer();
    answer["cnf"] = json!({"jkt": holder.jkt()});
    desk.issuer.say(Reply::new(200, answer.to_string()));
    let gate = Gate::new(Configured::new(Desk(desk.introspection), "desk").into_any());

    let bearer = request(&format!("Bearer {token}"), &[]);
    let decision = gate.decide(&Request::from(&bearer)).await;
    let denial = decision.denial().unwrap();
    assert_eq!(denial.code(), "token_missing");
    let answer: http::Response<String> = denial.to_response();
    assert_eq!(answer.headers()["www-authenticate"], r#"DPoP realm="api""#);

    let proven = request(&format!("DPoP {token}"), &[&holder.proof(token)]);
    assert!(gate.decide(&Request::from(&proven)).await.user().is_some());
}

#[tokio::test]
async fn a_provider_of_opaque_tokens_is_ready_when_its_issuer_answers() {
    for (reply, expected) in [
        (Reply::new(200, r#"{"active":false}"#), Ok(())),
        (Reply::new(200, "{}"), Err("introspection_unavailable")),
        (Reply::new(401, ""), Err("introspection_unavailable")),
        (Reply::new(500, ""), Err("introspection_unavailable")),
        (Reply::Fails(HttpError::Connect), Err("introspection_unavailable")),
    ] {
        for erase in [false, true] {
            let opaque = Opaque::new();
            opaque.issuer.say(reply.clone());
            let desk = Configured::new(Desk(opaque.introspection), "desk");
            let ready = if erase { desk.into_any().ready().await } else { desk.ready().await };
            assert_eq!(ready.map_err(|error| error.code()), expected, "{reply:?}");
            assert_eq!(opaque.issuer.count(), 1);
        }
    }
}

#[tokio::test]
async fn probes_cost_the_issuer_one_question_in_three_seconds() {
    let opaque = Opaque::new();
    opaque.issuer.say(Reply::new(200, r#"{"active":false}"#));
    for _ in 0..100 {
        assert_eq!(opaque.introspection.ready().await, Ok(()));
    }
    assert_eq!(opaque.issuer.count(), 1);
    opaque.issuer.say(Reply::Fails(HttpError::Connect));
    opaque.wait(3);
    assert!(opaque.introspection.ready().await.is_err());
}

#[tokio::test]
async fn a_provider_that_says_nothing_is_ready_at_once() {
    let opaque = Opaque::new();
    opaque.issuer.say(Reply::Fails(HttpError::Connect));
    let silent = Configured::new(Silent(opaque.introspection), "silent");
    assert_eq!(silent.ready().await, Ok(()));
    assert_eq!(opaque.issuer.count(), 0);
}
