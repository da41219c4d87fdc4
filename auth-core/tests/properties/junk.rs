//! Anything at all, where a token, a header, claims or keys belong: never a panic, never an
//! acceptance that was not earned, and the same answer to the same question.

use std::collections::BTreeMap;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::{Algorithm, Token, Verifier};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::json::{document, members, object, text};
use crate::signer::Signer;
use crate::{AUDIENCE, ISSUER, cases, environment, finish, good_claims, published, verify};

/// The header members that anybody has given a meaning.
const HEADER: &[&str] =
    &["alg", "typ", "kid", "crit", "b64", "zip", "enc", "cty", "jwk", "jku", "x5u", "x5c", "x5t"];

/// What is left of a header whose other members are of no meaning, whatever they hold.
#[derive(Deserialize)]
struct Named {
    alg: String,
}

/// The claims that are looked at.
const CLAIMS: &[&str] = &["iss", "aud", "exp", "nbf", "iat", "sub", "azp", "cnf", "scope", "jti"];

/// The members of a JSON Web Key.
const KEY: &[&str] =
    &["kty", "crv", "x", "y", "n", "e", "k", "d", "use", "key_ops", "alg", "kid", "x5c"];

#[test]
fn any_text_as_a_token_is_refused() {
    let verifier = finish(Signer::new(Algorithm::HS256).verifier());
    let dotted = prop::collection::vec("[A-Za-z0-9_=+/-]{0,40}", 0..6);
    let token = prop_oneof![any::<String>(), dotted.prop_map(|parts| parts.join("."))];
    let refused = |token: String| {
        let verdict = verify(&verifier, &token);
        prop_assert!(verdict.is_err());
        prop_assert_eq!(verdict, verify(&verifier, &token));
        Ok(())
    };
    TestRunner::new(cases(2000)).run(&token, refused).unwrap();
}

#[test]
fn any_header_is_admitted_only_as_one_object_of_this_algorithm() {
    let signer = Signer::new(Algorithm::HS256);
    let verifier = finish(signer.verifier());
    let near = members(HEADER).prop_map(|mut members| {
        members.insert(0, (r#""alg""#.to_owned(), r#""HS256""#.to_owned()));
        object(&members).into_bytes()
    });
    let judged = |header: Vec<u8>| {
        let token = signer.token(&header, good_claims().to_string());
        if verify(&verifier, &token).is_ok() {
            let named: Named = serde_json::from_slice(&header).unwrap();
            prop_assert_eq!(named.alg, "HS256");
            #[expect(clippy::zero_sized_map_values, reason = "a set cannot be read so")]
            let all: BTreeMap<String, IgnoredAny> = serde_json::from_slice(&header).unwrap();
            prop_assert!(["crit", "b64", "zip", "enc"].iter().all(|no| !all.contains_key(*no)));
        }
        Ok(())
    };
    TestRunner::new(cases(2000)).run(&prop_oneof![2 => near, 1 => document()], judged).unwrap();
}

#[test]
fn any_payload_is_accepted_only_as_one_object_with_our_claims() {
    let signer = Signer::new(Algorithm::HS256);
    let verifier = finish(signer.verifier());
    let near = members(CLAIMS).prop_map(|mut members| {
        let good = good_claims();
        let missing = good.as_object().unwrap().iter().filter(|(name, _)| {
            !members.iter().any(|(written, _)| *written == format!("{name:?}"))
        });
        let missing: Vec<_> =
            missing.map(|(name, value)| (format!("{name:?}"), value.to_string())).collect();
        members.extend(missing);
        object(&members).into_bytes()
    });
    let judged = |payload: Vec<u8>| {
        let token = signer.token(signer.header(), &payload);
        if let Ok(claims) = verify(&verifier, &token) {
            let read: Value = serde_json::from_slice(&payload).unwrap();
            prop_assert_eq!(claims.parse_as::<Value>().unwrap(), read);
            prop_assert_eq!(claims.issuer(), Some(ISSUER));
            prop_assert!(claims.audiences().any(|audience| audience == AUDIENCE));
        }
        Ok(())
    };
    TestRunner::new(cases(2000)).run(&prop_oneof![2 => near, 1 => document()], judged).unwrap();
}

#[test]
fn any_published_document_verifies_no_token_of_anybody_else() {
    let signer = Signer::new(Algorithm::EdDSA);
    let token = signer.token(signer.header(), good_claims().to_string());
    let key = members(KEY).prop_map(|members| object(&members));
    let set = prop::collection::vec(prop_oneof![3 => key, 1 => text()], 0..4);
    let set = set.prop_map(|keys| format!(r#"{{"keys":[{}]}}"#, keys.join(",")).into_bytes());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let judged = |body: Vec<u8>| {
        let now = environment(ManualClock::at(Duration::from_secs(crate::NOW)));
        let builder = Verifier::remote(published::KEYS_URL).algorithms([Algorithm::EdDSA]);
        let builder = builder.issuer(ISSUER).audience(AUDIENCE);
        let verifier = builder.build_in(&published::publish(now, [("/keys", body)])).unwrap();
        let verdict = runtime.block_on(verifier.verify(&Token::new(&token)));
        let code = verdict.map_err(|error| error.code()).unwrap_err();
        prop_assert!(
            ["keys_unavailable", "key_not_found", "signature_invalid"].contains(&code),
            "{}",
            code
        );
        Ok(())
    };
    TestRunner::new(cases(1000)).run(&prop_oneof![3 => set, 1 => document()], judged).unwrap();
}

#[test]
fn any_text_as_a_public_key_is_refused_with_a_sentence() {
    let label = prop_oneof![
        Just("PUBLIC KEY"),
        Just("RSA PUBLIC KEY"),
        Just("CERTIFICATE"),
        Just("PRIVATE KEY")
    ];
    let block = (label, prop::collection::vec(any::<u8>(), 0..96))
        .prop_map(|(label, der)| pem::encode(&pem::Pem::new(label, der)));
    let refused = |text: String| {
        let now = environment(ManualClock::at(Duration::from_secs(crate::NOW)));
        let built = Verifier::pem(text).issuer(ISSUER).audience(AUDIENCE).build_in(&now);
        let problems = built.map(|_| ()).unwrap_err();
        prop_assert!(problems.problems().iter().all(|problem| problem.len() > 20));
        Ok(())
    };
    TestRunner::new(cases(1000)).run(&prop_oneof![any::<String>(), block], refused).unwrap();
}
