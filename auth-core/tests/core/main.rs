//! The core as its users see it: through its public items only. One module a concept; `keys`,
//! `issuer` and `world` are what the others stand on. No test sleeps, reads the process's
//! variables or reaches the network: time, variables and HTTP are handed in.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod access;
mod any;
mod binding;
mod builder;
mod certificates;
mod claims;
#[cfg(feature = "derive")]
mod config;
#[cfg(feature = "derive")]
mod config_data;
#[cfg(feature = "derive")]
mod config_file;
#[cfg(feature = "derive")]
mod config_sources;
#[cfg(feature = "derive")]
mod config_texts;
mod composite;
mod config_values;
mod corpus;
mod decision;
mod demands;
mod differential;
mod dpop;
mod dpop_flow;
mod dpop_form;
mod gate;
mod holder;
mod discovery;
mod discovery_document;
mod introspection;
mod introspection_builder;
mod introspection_cache;
mod introspection_discovery;
mod introspection_gate;
#[cfg(feature = "http-client")]
mod introspection_network;
mod introspection_outage;
mod issuer;
mod jwk;
mod key_forms;
mod key_issuer;
mod key_refusals;
mod keys;
#[cfg(all(feature = "derive", feature = "tower"))]
mod layer;
#[cfg(all(feature = "derive", feature = "tower"))]
mod layer_binding;
mod limits;
mod local_jwks;
#[cfg(feature = "metrics")]
mod metrics;
mod memo;
mod memo_endings;
mod minted;
#[cfg(feature = "http-client")]
mod network;
mod outage;
mod remote;
mod remote_conditional;
mod remote_events;
mod remote_flood;
mod remote_pause;
mod remote_slow;
mod remote_status;
mod remote_unnamed;
mod remote_url;
mod rules;
mod rules_built;
mod secrets;
mod token;
mod token_source;
mod unverified;
mod upstream;
#[cfg(feature = "http-client")]
mod upstream_network;
mod upstream_trouble;
mod verifier;
mod vocabulary;
mod world;

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::config::Vars;
use auth_core::jwt::VerifierBuilder;
use auth_core::{AuthError, Claims, Environment, Token, Verifier};
use futures_util::FutureExt as _;
use serde_json::{Value, json};

/// The issuer that every test trusts.
const ISSUER: &str = "https://issuer.example/";

/// The audience that every test answers to.
const AUDIENCE: &str = "https://api.example";

/// The time on every test's clock, in seconds since 1970.
const NOW: u64 = 1_800_000_000;

/// The claims of a good token.
fn good_claims() -> Value {
    json!({"iss": ISSUER, "aud": AUDIENCE, "sub": "user-1", "iat": NOW, "exp": NOW + 600})
}

/// No variables, and a clock that stands still.
fn environment() -> Environment {
    let clock = ManualClock::at(Duration::from_secs(NOW));
    Environment::process().with_vars(Vars::empty()).with_clock(Arc::new(clock))
}

/// Finishes a verifier of good tokens.
fn finish(builder: VerifierBuilder) -> Verifier {
    builder.issuer(ISSUER).audience(AUDIENCE).build_in(&environment()).unwrap()
}

/// Verifies with local keys, which never has to wait.
fn verify(verifier: &Verifier, token: &str) -> Result<Claims, AuthError> {
    verifier.verify(&Token::new(token)).now_or_never().expect("local keys are at hand")
}

/// The stable code of a refusal, `ok` where there is none.
fn code(verifier: &Verifier, token: &str) -> &'static str {
    verify(verifier, token).map_or_else(|error| error.code(), |_| "ok")
}
