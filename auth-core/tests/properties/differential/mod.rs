//! Our verifier beside `jsonwebtoken`, which is set as strictly as it can be, over generated
//! tokens: what we accept it accepts, and what we alone refuse has its reason in `reasons`.
//!
//! The oracle reads the real clock. So does ours here: a token is minted for the second that both
//! read, and judged again if that second passed meanwhile.

mod draft;
mod reasons;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use auth_core::clock::Clock;
use auth_core::{Algorithm, AuthError, Claims, Verifier};
use jsonwebtoken::{DecodingKey, TokenData, Validation, get_current_timestamp};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use self::draft::{Draft, draft};
use crate::signer::{SECRET, Signer};
use crate::{AUDIENCE, ISSUER, cases, environment, verify};

/// How far clocks may disagree, for both.
const LEEWAY: u64 = 5;

/// The algorithms that both know.
const SHARED: [Algorithm; 12] = [
    Algorithm::HS256,
    Algorithm::HS384,
    Algorithm::HS512,
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// The second that both verifiers read.
#[derive(Debug, Clone, Default)]
struct Second(Arc<AtomicU64>);

impl Clock for Second {
    fn unix(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::Relaxed))
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}

/// Both verifiers of one algorithm, and the key that signs for them.
struct Judges {
    signer: Signer,
    second: Second,
    ours: Verifier,
    theirs: (DecodingKey, Validation),
}

/// What both say of one token.
type Verdicts = (Result<Claims, AuthError>, Result<TokenData<Value>, jsonwebtoken::errors::Error>);

impl Judges {
    fn new(algorithm: Algorithm) -> Self {
        let signer = Signer::new(algorithm);
        let second = Second::default();
        let builder = signer.verifier().issuer(ISSUER).audience(AUDIENCE);
        let builder = builder.leeway(Duration::from_secs(LEEWAY));
        let ours = builder.build_in(&environment(second.clone())).unwrap();
        let theirs = (their_key(&signer), their_validation(algorithm));
        Self { signer, second, ours, theirs }
    }

    fn judge(&self, draft: &Draft) -> Verdicts {
        loop {
            let now = get_current_timestamp();
            self.second.0.store(now, Ordering::Relaxed);
            let token = draft.mint(&self.signer, now);
            let ours = verify(&self.ours, &token);
            let theirs = jsonwebtoken::decode(&token, &self.theirs.0, &self.theirs.1);
            if get_current_timestamp() == now {
                return (ours, theirs);
            }
        }
    }
}

fn their_key(signer: &Signer) -> DecodingKey {
    let Some(spki) = signer.spki() else { return DecodingKey::from_secret(SECRET.as_bytes()) };
    let pem = pem::encode(&pem::Pem::new("PUBLIC KEY", spki));
    match signer.algorithm() {
        Algorithm::ES256 | Algorithm::ES384 => DecodingKey::from_ec_pem(pem.as_bytes()),
        Algorithm::EdDSA => DecodingKey::from_ed_pem(pem.as_bytes()),
        _ => DecodingKey::from_rsa_pem(pem.as_bytes()),
    }
    .unwrap()
}

fn their_validation(algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm.name().parse().unwrap());
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud"]);
    validation.validate_nbf = true;
    validation.leeway = LEEWAY;
    validation
}

/// How often both agreed, and what only we refused, by its code.
#[derive(Debug, Default)]
struct Tally {
    both_accept: u32,
    both_refuse: u32,
    only_we_refuse: BTreeMap<&'static str, u32>,
}

fn compare(
    draft: &Draft,
    (ours, theirs): Verdicts,
    tally: &mut Tally,
) -> Result<(), TestCaseError> {
    match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => {
            prop_assert_eq!(ours.parse_as::<Value>().unwrap(), theirs.claims);
            tally.both_accept += 1;
        }
        (Ok(_), Err(theirs)) => {
            prop_assert!(draft.has_header_we_never_read(), "only the oracle refuses: {}", theirs);
        }
        (Err(ours), Ok(_)) => {
            let listed = reasons::ALL.iter().any(|reason| reason.explains(&ours, draft));
            prop_assert!(listed, "only we refuse it, for no listed reason: {:?}", ours);
            *tally.only_we_refuse.entry(ours.code()).or_default() += 1;
        }
        (Err(_), Err(_)) => tally.both_refuse += 1,
    }
    Ok(())
}

#[test]
fn what_we_accept_the_oracle_accepts_and_what_only_we_refuse_has_a_reason() {
    let judges = SHARED.map(Judges::new);
    let tally = RefCell::new(Tally::default());
    let config = cases(3000);
    let asked = config.cases;
    let decided = |(which, draft): (usize, Draft)| {
        let verdicts = judges[which].judge(&draft);
        compare(&draft, verdicts, &mut tally.borrow_mut())
    };
    TestRunner::new(config).run(&(0..SHARED.len(), draft()), decided).unwrap();
    let tally = tally.into_inner();
    // The seed is fixed, so the mixture is; a generator that has dried up fails here.
    assert!(tally.both_accept > asked / 10, "{tally:?}");
    assert!(tally.both_refuse > asked / 10, "{tally:?}");
    let seen: Vec<_> = tally.only_we_refuse.keys().copied().collect();
    let listed: std::collections::BTreeSet<_> = reasons::ALL.iter().map(|r| r.code).collect();
    assert_eq!(seen, Vec::from_iter(listed), "a reason that nothing needs is no reason");
}
