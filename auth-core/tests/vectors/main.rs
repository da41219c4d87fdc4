//! The examples of the standards: RFC 7515, 7517, 7519, 7520, 7797 and 8037.
//!
//! They lie beside this file as data, each with its section, its key, whether its signature is
//! good, and what a verifier decides about the whole. Examples that nobody ever meant as access
//! tokens, a sentence under a signature say, are refused for what they are after their signature
//! was found good; the code says so, and [`examples`] proves it.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod examples;
mod key_sets;
#[path = "../support/published.rs"]
mod published;

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::config::{HmacSecret, Vars};
use auth_core::{Algorithm, Environment, Token, Verifier};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// Who issues the tokens of RFC 7515 and RFC 7519.
const ISSUER: &str = "joe";

/// A minute before those tokens expire.
const NOW: u64 = 1_300_819_320;

/// What a verifier that has these keys, and no others, decides about a token.
async fn verdict(keys: &[Value], algorithms: &[Algorithm], token: &str) -> &'static str {
    let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
    let environment = Environment::process().with_vars(Vars::empty()).with_clock(clock);
    let set = Value::from_iter([("keys", keys)]).to_string().into_bytes();
    let environment = published::publish(environment, [("/keys", set)]);
    let builder = if algorithms.iter().any(|algorithm| algorithm.is_symmetric()) {
        Verifier::hmac(&HmacSecret::from_bytes(&unb64(&keys[0]["k"])).unwrap())
    } else {
        Verifier::remote(published::KEYS_URL)
    };
    let builder = builder.algorithms(algorithms.iter().copied()).issuer(ISSUER);
    let verifier = builder.danger_accept_any_audience().build_in(&environment).unwrap();
    let answer = verifier.verify(&Token::new(token)).await;
    answer.map_or_else(|error| error.code(), |_| "ok")
}

/// The bytes behind a member in base64url.
fn unb64(member: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(member.as_str().unwrap()).unwrap()
}
