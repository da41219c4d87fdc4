//! A provider from outside the workspace compiles, is configured, and verifies a token.

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::config::Vars;
use auth_core::{Environment, Gate, Principal, Request};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use outside::{Acme, OwnIssuer};
use serde_json::{Value, json};

const NOW: u64 = 1_800_000_000;

fn environment(vars: Vars) -> Environment {
    let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
    Environment::process().with_vars(vars).with_clock(clock)
}

fn token(key: &rcgen::KeyPair, claims: &Value) -> String {
    let key = EncodingKey::from_ec_der(key.serialized_der());
    encode(&Header::new(Algorithm::ES256), claims, &key).unwrap()
}

fn request(token: &str) -> http::Request<()> {
    let request = http::Request::get("/orders");
    request.header("authorization", format!("Bearer {token}")).body(()).unwrap()
}

#[tokio::test]
async fn verifies_a_token() {
    let key = rcgen::KeyPair::generate().unwrap();
    let vars = Vars::from([("OWN_PUBLIC_KEY", key.public_key_pem()), ("OWN_ISSUER", "me".into())]);
    let gate = Gate::new(OwnIssuer::builder().build_in(&environment(vars)).unwrap());

    let good = json!({"sub": "ann", "iss": "me", "aud": "orders", "exp": NOW + 60});
    let accepted = request(&token(&key, &good));
    let decision = gate.decide(&Request::from(&accepted)).await;
    assert_eq!(decision.user().unwrap().subject(), "ann");

    let stranger = rcgen::KeyPair::generate().unwrap();
    let forged = request(&token(&stranger, &good));
    let decision = gate.decide(&Request::from(&forged)).await;
    assert_eq!(decision.denial().unwrap().code(), "signature_invalid");
}

/// `serde_json/arbitrary_precision` is on in this crate, as it may be in any application.
#[tokio::test]
async fn numbers_are_read_whatever_other_crates_switch_on() {
    let key = rcgen::KeyPair::generate().unwrap();
    let vars = Vars::from([("OWN_PUBLIC_KEY", key.public_key_pem()), ("OWN_ISSUER", "me".into())]);
    let gate = Gate::new(OwnIssuer::builder().build_in(&environment(vars)).unwrap());
    let claims = |more: Value| {
        let mut claims = json!({"sub": "ann", "iss": "me", "aud": "orders", "exp": NOW + 60});
        claims["more"] = more;
        claims["iat"] = json!(1_799_999_999.5);
        claims
    };
    let good = request(&token(&key, &claims(json!([1.25, -7, 18_446_744_073_709_551_615_u64]))));
    let decision = gate.decide(&Request::from(&good)).await;
    assert_eq!(decision.denial(), None);

    let name = "$serde_json::private::Number";
    let disguised = request(&token(&key, &claims(json!({ name: "5" }))));
    let decision = gate.decide(&Request::from(&disguised)).await;
    assert_eq!(decision.denial().unwrap().code(), "claims_malformed");
}

#[test]
fn one_error_names_every_field_and_variable() {
    let error = Acme::builder().build_in(&environment(Vars::empty())).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`acme` is not configured:\n  \
         domain    is required: call `.domain(..)` or set ACME_DOMAIN\n  \
         audience  is required: call `.audience(..)` or set ACME_AUDIENCE or ACME_API"
    );
}
