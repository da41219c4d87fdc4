//! Opaque tokens: what is asked of the issuer's answer, and what is refused without asking.

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::introspection::{Introspection, IntrospectionBuilder};
use auth_core::proof::CertificateBinding;
use auth_core::{Principal as _, Request, Token};
use futures_util::FutureExt as _;
use serde_json::{Value, json};

use crate::binding::certificate;
use crate::holder::{Holder, request, required};
use crate::issuer::{Issuer, Reply};
use crate::world::around;
use crate::{AUDIENCE, ISSUER, NOW};

/// Where tokens are asked about.
pub(crate) const ENDPOINT: &str = "https://issuer.example/introspect";

/// An introspection, its issuer and its clock.
pub(crate) struct Opaque {
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) introspection: Introspection,
}

impl Opaque {
    /// The issuer says that every token is good, and nobody asked it yet.
    pub(crate) fn new() -> Self {
        Self::with(expecting)
    }

    pub(crate) fn with(choose: impl FnOnce(IntrospectionBuilder) -> IntrospectionBuilder) -> Self {
        let issuer = Issuer::new(Reply::new(200, good_answer().to_string()));
        let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
        let introspection = choose(client()).build_in(&around(&issuer, &clock)).unwrap();
        Self { issuer, clock, introspection }
    }

    /// What becomes of a token: `ok`, or the code of the refusal.
    pub(crate) async fn verify(&self, token: &str) -> &'static str {
        let verified = self.introspection.verify(&Token::new(token)).await;
        verified.map_or_else(|error| error.code(), |_| "ok")
    }

    /// The same for a caller who does not wait; `None` for one who would have to.
    pub(crate) fn verify_at_once(&self, token: &str) -> Option<&'static str> {
        self.verify(token).now_or_never()
    }

    /// What becomes of a token of which the issuer says this.
    async fn verdict(&self, token: &str, answer: &Value) -> &'static str {
        self.issuer.say(Reply::new(200, answer.to_string()));
        self.verify(token).await
    }

    pub(crate) fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

/// Good credentials, and nothing expected yet.
pub(crate) fn client() -> IntrospectionBuilder {
    Introspection::at(ENDPOINT).client("api", &"s3cret".into())
}

pub(crate) fn expecting(builder: IntrospectionBuilder) -> IntrospectionBuilder {
    builder.issuer(ISSUER).audience(AUDIENCE)
}

/// What an issuer says of a good token.
pub(crate) fn good_answer() -> Value {
    json!({
        "active": true, "iss": ISSUER, "aud": AUDIENCE, "sub": "user-1", "client_id": "app",
        "username": "ann", "scope": "read write", "token_type": "Bearer", "jti": "1",
        "iat": NOW, "nbf": NOW, "exp": NOW + 600,
    })
}

/// The good answer with another value of one member, or without it.
fn changed(name: &str, value: Option<Value>) -> Value {
    let mut answer = good_answer();
    let members = answer.as_object_mut().unwrap();
    members.remove(name);
    members.extend(value.map(|value| (name.to_owned(), value)));
    answer
}

#[tokio::test]
async fn an_active_token_gives_its_claims() {
    let opaque = Opaque::new();
    let claims = opaque.introspection.verify(&Token::new("opaque")).await.unwrap();
    assert_eq!((claims.subject(), claims.claim("username")), ("user-1", Some("ann")));
    assert!(claims.has_scope("write") && !claims.has_scope("admin"));
}

#[tokio::test]
async fn an_inactive_token_is_refused_whatever_else_is_said_of_it() {
    for answer in [json!({"active": false}), changed("active", Some(json!(false)))] {
        assert_eq!(Opaque::new().verdict("opaque", &answer).await, "token_inactive");
    }
}

#[tokio::test]
async fn what_says_neither_yes_nor_no_is_no_answer() {
    let good = good_answer().to_string();
    let twice = good.replacen('{', r#"{"active":true,"#, 1);
    let both = good.replacen('{', r#"{"active":false,"#, 1);
    let escaped = good.replacen('{', r#"{"\u0061ctive":true,"#, 1);
    let not_true = [json!("true"), json!(1), json!(null), json!([true]), json!({}), json!("")];
    let bodies = not_true.map(|active| changed("active", Some(active)).to_string());
    let others =
        ["", "null", "true", "[]", "{}", "<html>maintenance</html>", "eyJhbGciOiJub25lIn0"];
    let others = others.map(str::to_owned).into_iter().chain([
        changed("active", None).to_string(),
        format!("[{good}]"),
        format!("{good}{good}"),
        twice,
        both,
        escaped,
        "\u{feff}".to_owned() + &good,
    ]);
    for body in bodies.into_iter().chain(others) {
        let opaque = Opaque::new();
        opaque.issuer.say(Reply::new(200, body.clone()));
        assert_eq!(opaque.verify("opaque").await, "introspection_unavailable", "{body}");
    }
}

#[tokio::test]
async fn an_active_token_is_held_to_what_is_expected() {
    for (name, value, code) in [
        ("iss", None, "claim_missing"),
        ("iss", Some(json!("https://other.example/")), "issuer_mismatch"),
        ("iss", Some(json!([ISSUER])), "claim_malformed"),
        ("aud", None, "claim_missing"),
        ("aud", Some(json!(["https://other.example"])), "audience_mismatch"),
        ("aud", Some(json!(["https://other.example", AUDIENCE])), "ok"),
        ("aud", Some(json!(7)), "claim_malformed"),
        ("exp", Some(json!(NOW - 5)), "expired"),
        ("exp", Some(json!(NOW - 4)), "ok"),
        ("exp", Some(json!("1900000000")), "claim_malformed"),
        ("exp", None, "ok"),
        ("nbf", Some(json!(NOW + 6)), "not_yet_valid"),
        ("iat", Some(json!(NOW + 6)), "issued_in_the_future"),
        ("iat", Some(json!(true)), "claim_malformed"),
        ("sub", Some(json!("")), "claim_malformed"),
        ("sub", None, "ok"),
        ("scope", Some(json!(["read"])), "claim_malformed"),
        ("client_id", Some(json!(7)), "claim_malformed"),
        ("username", Some(json!({})), "claim_malformed"),
        ("jti", Some(json!(1)), "claim_malformed"),
    ] {
        let answer = changed(name, value);
        assert_eq!(Opaque::new().verdict("opaque", &answer).await, code, "{answer}");
    }
}

#[tokio::test]
async fn a_token_of_another_kind_is_refused() {
    for (name, value, code) in [
        ("token_type", json!("bearer"), "ok"),
        ("token_type", json!("DPoP"), "type_not_allowed"),
        ("token_type", json!("refresh_token"), "type_not_allowed"),
        ("token_type", json!("N_A"), "type_not_allowed"),
        ("token_type", json!(["Bearer"]), "claim_malformed"),
        ("token_use", json!("access_token"), "ok"),
        ("token_use", json!("refresh_token"), "type_not_allowed"),
        ("typ", json!("Bearer"), "ok"),
        ("typ", json!("Refresh"), "type_not_allowed"),
        ("typ", json!("ID"), "type_not_allowed"),
    ] {
        let answer = changed(name, Some(value));
        assert_eq!(Opaque::new().verdict("opaque", &answer).await, code, "{answer}");
    }
}

#[tokio::test]
async fn a_required_member_has_to_be_there() {
    for value in [None, Some(Value::Null)] {
        let opaque = Opaque::with(|builder| expecting(builder).require("tenant"));
        assert_eq!(opaque.verdict("opaque", &changed("tenant", value)).await, "claim_missing");
    }
    let opaque = Opaque::with(|builder| expecting(builder).require("exp"));
    assert_eq!(opaque.verdict("opaque", &changed("exp", None)).await, "claim_missing");
}

#[tokio::test]
async fn an_unnamed_issuer_is_accepted_by_name_and_another_one_is_not() {
    for (issuer, code) in [
        (None, "ok"),
        (Some(json!("https://other.example/")), "issuer_mismatch"),
        (Some(Value::Null), "claim_malformed"),
    ] {
        let opaque = Opaque::with(|builder| expecting(builder).danger_accept_unnamed_issuer());
        assert_eq!(opaque.verdict("opaque", &changed("iss", issuer)).await, code);
    }
}

#[tokio::test]
async fn both_comparisons_can_be_given_up_by_name() {
    let opaque =
        Opaque::with(|builder| builder.danger_accept_any_issuer().danger_accept_any_audience());
    assert_eq!(opaque.verdict("opaque", &json!({"active": true})).await, "ok");
}

#[tokio::test]
async fn a_token_that_no_header_could_bring_is_refused_without_asking() {
    let opaque = Opaque::new();
    let long = "a".repeat(16 * 1024 + 1);
    assert_eq!(opaque.verify(&long).await, "token_too_large");
    for token in ["", " ", "a b", "a\nb", "a\0", "ä", "\u{7f}", "a\u{a0}b"] {
        assert_eq!(opaque.verify(token).await, "token_malformed", "{token:?}");
    }
    assert_eq!(opaque.issuer.count(), 0);
    assert_eq!(opaque.verify(&long[1..]).await, "ok");
}

#[tokio::test]
async fn a_bound_token_needs_its_certificate() {
    let (der, thumbprint) = certificate();
    let answer = changed("cnf", Some(json!({"x5t#S256": thumbprint})));
    let opaque = Opaque::with(|builder| {
        expecting(builder).certificate_binding(CertificateBinding::required())
    });
    assert_eq!(opaque.verdict("opaque", &answer).await, "binding_not_checked");
    let mut request = request("Bearer opaque", &[]);
    let token = Token::new("opaque");
    let shown = opaque.introspection.verify_request(&token, &Request::from(&request)).await;
    assert_eq!(shown.unwrap_err().code(), "certificate_missing");
    request.extensions_mut().insert(auth_core::proof::ClientCertificate::from_der(&der));
    let shown = opaque.introspection.verify_request(&token, &Request::from(&request)).await;
    assert!(shown.is_ok(), "{shown:?}");
    assert_eq!(Opaque::new().verdict("opaque", &answer).await, "binding_not_checked");
}

#[tokio::test]
async fn a_bound_token_needs_a_proof_each_time_although_the_answer_is_kept() {
    let holder = Holder::new();
    let mut answer = changed("cnf", Some(json!({"jkt": holder.jkt()})));
    answer["token_type"] = json!("DPoP");
    let opaque = Opaque::with(|builder| expecting(builder).dpop(required()));
    opaque.issuer.say(Reply::new(200, answer.to_string()));
    let proof = holder.proof("opaque");
    for (proofs, code) in
        [(vec![], "proof_missing"), (vec![&*proof], "ok"), (vec![&*proof], "proof_replayed")]
    {
        let request = request("DPoP opaque", &proofs);
        let request = Request::from(&request);
        let schemes = opaque.introspection.schemes();
        let token = Token::from_request_under(&request, schemes).unwrap();
        let shown = opaque.introspection.verify_request(&token, &request).await;
        assert_eq!(shown.map_or_else(|error| error.code(), |_| "ok"), code);
    }
    assert_eq!(opaque.issuer.count(), 1);
}
