//! Opaque tokens through the gate: a provider without a verifier says itself which schemes it takes.

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
