//! What holds for any token, not for chosen ones: generated inputs, and properties of the answers.
//!
//! Generators are seeded: two runs try the same inputs. `PROPTEST_CASES` asks for more of them,
//! `PROPTEST_RNG_SEED` for others. A failure shrinks to its smallest form, prints it, and is kept
//! nowhere: what it taught becomes a case of its own.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod differential;
mod json;
mod junk;
mod round_trip;
mod strict;
mod tampering;

#[path = "../support/oracle.rs"]
mod oracle;
#[path = "../support/published.rs"]
mod published;
#[path = "../support/signer.rs"]
mod signer;

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::{Clock, ManualClock};
use auth_core::config::Vars;
use auth_core::jwt::VerifierBuilder;
use auth_core::{AuthError, Claims, Environment, Token, Verifier};
use futures_util::FutureExt as _;
use proptest::test_runner::{Config, RngSeed};

/// The issuer that every verifier trusts.
const ISSUER: &str = "https://issuer.example/";

/// The audience that every verifier answers to.
const AUDIENCE: &str = "https://api.example";

/// The time on every clock that stands still, in seconds since 1970.
const NOW: u64 = 1_800_000_000;

/// As many cases as a property deserves, unless somebody asks for another number.
fn cases(number: u32) -> Config {
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = number;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(7515);
    }
    config
}

/// The claims of a good token.
fn good_claims() -> serde_json::Value {
    serde_json::json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "user-1", "iat": NOW, "exp": NOW + 600,
    })
}

/// No variables, and this clock.
fn environment(clock: impl Clock) -> Environment {
    Environment::process().with_vars(Vars::empty()).with_clock(Arc::new(clock))
}

/// Finishes a verifier of good tokens, on a clock that stands still.
fn finish(builder: VerifierBuilder) -> Verifier {
    let environment = environment(ManualClock::at(Duration::from_secs(NOW)));
    builder.issuer(ISSUER).audience(AUDIENCE).build_in(&environment).unwrap()
}

/// Verifies with local keys, which never has to wait.
fn verify(verifier: &Verifier, token: &str) -> Result<Claims, AuthError> {
    verifier.verify(&Token::new(token)).now_or_never().expect("local keys are at hand")
}
