//! A valid token, changed anywhere: it is refused, and before its claims are read.

use auth_core::{Algorithm, Verifier};

use crate::signer::{Signer, b64};
use crate::{finish, good_claims, verify};

/// What a changed token may be refused for: its form or its signature, never what it says.
const BEFORE_THE_CLAIMS: [&str; 6] = [
    "token_malformed",
    "header_malformed",
    "algorithm_not_allowed",
    "type_not_allowed",
    "key_id_malformed",
    "signature_invalid",
];

/// A good token of an algorithm, and the verifier that accepts it.
fn good(algorithm: Algorithm) -> (Signer, Verifier, String) {
    let signer = Signer::new(algorithm);
    let verifier = finish(signer.verifier());
    let token = signer.token(signer.header(), good_claims().to_string());
    assert!(verify(&verifier, &token).is_ok(), "{algorithm}");
    (signer, verifier, token)
}

fn assert_refused(verifier: &Verifier, token: &str, what: &str) {
    match verify(verifier, token) {
        Ok(_) => panic!("{what}: accepted"),
        Err(error) => assert!(BEFORE_THE_CLAIMS.contains(&error.code()), "{what}: {error:?}"),
    }
}

/// The same token with a byte at this place instead.
fn replaced(token: &str, at: usize, by: u8) -> String {
    let mut bytes = token.as_bytes().to_vec();
    bytes[at] = by;
    String::from_utf8(bytes).unwrap()
}

#[test]
fn no_byte_can_be_replaced_by_any_other() {
    let (_, verifier, token) = good(Algorithm::HS256);
    for (at, own) in token.bytes().enumerate() {
        for by in (0..=0x7f).filter(|by| *by != own) {
            assert_refused(&verifier, &replaced(&token, at, by), &format!("{at}: {by:#04x}"));
        }
    }
}

#[test]
fn no_byte_can_be_replaced_under_any_algorithm() {
    for algorithm in Algorithm::ALL {
        let (_, verifier, token) = good(algorithm);
        for (at, own) in token.bytes().enumerate() {
            // The neighbours in base64url differ in the last bit, which may be one that is unused.
            for by in [own ^ 1, own ^ 0x20, b'A', b'_', b'.'].into_iter().filter(|by| *by != own) {
                let what = format!("{algorithm}, {at}: {by:#04x}");
                assert_refused(&verifier, &replaced(&token, at, by), &what);
            }
        }
    }
}

#[test]
fn no_byte_can_be_left_out_doubled_or_put_in() {
    for algorithm in Algorithm::ALL {
        let (_, verifier, token) = good(algorithm);
        for at in 0..=token.len() {
            let (before, after) = token.split_at(at);
            for put_in in ["A", ".", "=", " ", "\u{0}", "\u{e9}"] {
                let what = format!("{algorithm}, {at}: {put_in:?} put in");
                assert_refused(&verifier, &format!("{before}{put_in}{after}"), &what);
            }
            if let Some(shorter) = after.get(1..) {
                let what = format!("{algorithm}, {at}: left out");
                assert_refused(&verifier, &format!("{before}{shorter}"), &what);
            }
        }
    }
}

#[test]
fn no_bit_of_a_signature_can_be_flipped_and_none_can_be_added() {
    for algorithm in Algorithm::ALL {
        let (signer, verifier, token) = good(algorithm);
        let input = &token[..token.rfind('.').unwrap()];
        let signature = signer.sign(input.as_bytes());
        for bit in 0..signature.len() * 8 {
            let mut flipped = signature.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let token = format!("{input}.{}", b64(flipped));
            assert_refused(&verifier, &token, &format!("{algorithm}, bit {bit}"));
        }
        let half = signature.len() / 2;
        let (r, s) = signature.split_at(half);
        for (what, other) in [
            ("a zero in front", [&[0], &signature[..]].concat()),
            ("a zero behind", [&signature[..], &[0]].concat()),
            ("zeros in front of both halves", [&[0], r, &[0], s].concat()),
            ("the halves exchanged", [s, r].concat()),
            ("one half", r.to_vec()),
            ("all zeros", vec![0; signature.len()]),
            ("all ones", vec![0xff; signature.len()]),
        ] {
            let token = format!("{input}.{}", b64(other));
            assert_refused(&verifier, &token, &format!("{algorithm}, {what}"));
        }
    }
}
