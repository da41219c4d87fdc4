//! Keys that say whose tokens they sign, in a set that several issuers share.

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::{AuthError, Verifier};
use serde_json::{Value, json};

use crate::issuer::{Issuer, Reply};
use crate::keys::Pair;
use crate::world::{ALGORITHM, KEYS_URL, World, around, lasting_claims, verify};
use crate::{AUDIENCE, ISSUER, NOW};

/// What becomes of a good token whose key says this of its issuer; `check` is asked.
async fn verdict(issuer: Option<Value>) -> &'static str {
    let key = Pair::ours(ALGORITHM);
    let mut jwk = key.jwk(ALGORITHM, "current");
    if let Some(issuer) = issuer {
        jwk["issuer"] = issuer;
    }
    let served = Issuer::new(Reply::keys([jwk]));
    let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
    let verifier = Verifier::remote(KEYS_URL)
        .algorithms([ALGORITHM])
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .check_key_issuer(|issuer, claims| {
            let is_own = claims.issuer() == Some(issuer);
            is_own.then_some(()).ok_or(AuthError::IssuerMismatch)
        })
        .build_in(&around(&served, &clock))
        .unwrap();
    verify(&verifier, &key.sign(ALGORITHM, Some("current"), &lasting_claims())).await
}

#[tokio::test]
async fn a_key_signs_for_the_issuer_that_it_names() {
    assert_eq!(verdict(Some(json!(ISSUER))).await, "ok");
    assert_eq!(verdict(Some(json!("https://other.example/"))).await, "issuer_mismatch");
    assert_eq!(verdict(Some(json!(""))).await, "issuer_mismatch");
}

#[tokio::test]
async fn a_key_that_names_nobody_is_not_asked_about() {
    assert_eq!(verdict(None).await, "ok");
}

#[tokio::test]
async fn a_key_whose_issuer_is_no_text_is_no_key() {
    for issuer in [Value::Null, json!(1), json!([ISSUER])] {
        assert_eq!(verdict(Some(issuer.clone())).await, "keys_unavailable", "{issuer}");
    }
}

#[tokio::test]
async fn nobody_is_asked_unless_the_provider_says_so() {
    let world = World::new();
    let mut jwk = world.key.jwk(ALGORITHM, "current");
    jwk["issuer"] = json!("https://other.example/");
    world.issuer.say(Reply::keys([jwk]));
    assert_eq!(world.verify("current").await, "ok");
}
