//! What the targets share: keys, a clock that stands still, verifiers, and a network that holds
//! nothing but the input.

#[path = "../../support/published.rs"]
mod published;
#[path = "../../support/signer.rs"]
mod signer;

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::config::Vars;
use auth_core::jwt::VerifierBuilder;
use auth_core::{Algorithm, AuthError, Claims, Environment, Token, Verifier};
use futures_util::FutureExt as _;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

pub(super) use self::published::{KEYS_URL, publish};
pub(super) use self::signer::{Signer, b64};

pub(super) const ISSUER: &str = "https://issuer.example/";
pub(super) const AUDIENCE: &str = "https://api.example";
pub(super) const NOW: u64 = 1_800_000_000;

/// The key whose tokens the targets know.
pub(super) static SIGNER: LazyLock<Signer> = LazyLock::new(|| Signer::new(Algorithm::HS256));

/// Verifies its tokens.
pub(super) static VERIFIER: LazyLock<Verifier> =
    LazyLock::new(|| finish(SIGNER.verifier(), &environment()).expect("the verifier is sound"));

/// A key that nobody was told of.
pub(super) static STRANGER: LazyLock<Signer> = LazyLock::new(|| Signer::new(Algorithm::EdDSA));

/// Where requests for keys run.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime needs no more than memory")
});

pub(super) fn environment() -> Environment {
    let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
    Environment::process().with_vars(Vars::empty()).with_clock(clock)
}

/// The claims of a good token.
pub(super) fn good_claims() -> Value {
    json!({"iss": ISSUER, "aud": AUDIENCE, "sub": "user-1", "iat": NOW, "exp": NOW + 600})
}

/// Finishes a verifier of good tokens; its problems, each a sentence, if it cannot be.
pub(super) fn finish(
    builder: VerifierBuilder,
    environment: &Environment,
) -> Result<Verifier, Vec<String>> {
    let built = builder.issuer(ISSUER).audience(AUDIENCE).build_in(environment);
    built.map_err(|error| {
        let problems = error.problems().to_vec();
        assert!(!problems.is_empty() && problems.iter().all(|problem| problem.len() > 10));
        problems
    })
}

/// The same answer twice, from keys that are at hand.
pub(super) fn verify(verifier: &Verifier, token: &str) -> Result<Claims, AuthError> {
    let ask = || verifier.verify(&Token::new(token)).now_or_never().expect("keys are at hand");
    let answer = ask();
    assert_eq!(answer, ask());
    answer
}

/// The answer of a verifier that has to fetch its keys.
pub(super) fn fetch_and_verify(verifier: &Verifier, token: &str) -> Result<Claims, AuthError> {
    block_on(verifier.verify(&Token::new(token)))
}

/// What becomes of something that has to ask the network.
pub(super) fn block_on<T>(future: impl Future<Output = T>) -> T {
    RUNTIME.block_on(future)
}

/// A token of a stranger, naming the key that most seeds have.
pub(super) fn strangers_token() -> String {
    let header = json!({"alg": STRANGER.algorithm().name(), "kid": "current"});
    STRANGER.token(header.to_string(), good_claims().to_string())
}

/// No keys that anybody could publish make a stranger's token good.
pub(super) fn assert_refuses_a_stranger(answer: Result<Claims, AuthError>) {
    const CODES: [&str; 4] =
        ["algorithm_not_allowed", "key_not_found", "keys_unavailable", "signature_invalid"];
    let error = answer.expect_err("the signature is a stranger's");
    assert!(CODES.contains(&error.code()), "{error:?}");
}

/// An Ed25519 public key as a JSON Web Key.
pub(super) fn jwk(signer: &Signer) -> Value {
    let spki = signer.spki().expect("the key is public");
    let point = spki.last_chunk::<32>().expect("an Ed25519 key has 32 bytes");
    json!({"kty": "OKP", "crv": "Ed25519", "kid": "current", "x": b64(point)})
}
