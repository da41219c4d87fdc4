//! What is signed is what is read, for every algorithm.

use auth_core::Algorithm;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Number, Value};

use crate::signer::Signer;
use crate::{cases, finish, good_claims, verify};

/// Claims of every shape, besides those that are compared.
fn claims() -> impl Strategy<Value = Map<String, Value>> {
    // Numbers whose decimal form is exact: the JSON library may be a bit off for others.
    let quarters = any::<i32>().prop_map(|n| Number::from_f64(f64::from(n) / 4.0));
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        quarters.prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let value = scalar.prop_recursive(4, 32, 6, |inner| {
        let object = prop::collection::btree_map(any::<String>(), inner.clone(), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(Value::from),
            object.prop_map(Value::from_iter),
        ]
    });
    prop::collection::btree_map("x-.{0,12}", value, 0..8).prop_map(Map::from_iter)
}

#[test]
fn every_algorithm_reads_what_it_signed() {
    for algorithm in Algorithm::ALL {
        let signer = Signer::new(algorithm);
        let verifier = finish(signer.verifier());
        let round_trip = |more: Map<String, Value>| {
            let mut written = good_claims();
            written.as_object_mut().unwrap().extend(more);
            let token = signer.token(signer.header(), written.to_string());
            let read = verify(&verifier, &token).map(|claims| claims.parse_as::<Value>().unwrap());
            prop_assert_eq!(read, Ok(written), "{}", algorithm);
            Ok(())
        };
        TestRunner::new(cases(48)).run(&claims(), round_trip).unwrap();
    }
}

#[test]
fn no_algorithm_reads_what_another_one_signed() {
    let signers = Algorithm::ALL.map(Signer::new);
    for ours in &signers {
        let verifier = finish(ours.verifier());
        for theirs in signers.iter().filter(|theirs| theirs.algorithm() != ours.algorithm()) {
            for (header, code) in
                [(theirs.header(), "algorithm_not_allowed"), (ours.header(), "signature_invalid")]
            {
                let token = theirs.token(header, good_claims().to_string());
                let refused = verify(&verifier, &token).map_err(|error| error.code());
                let what = (ours.algorithm(), theirs.algorithm());
                assert_eq!(refused.err(), Some(code), "{what:?}");
            }
        }
    }
}
