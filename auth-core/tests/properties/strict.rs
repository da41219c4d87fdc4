//! Claims beside a second reader: the same verdict for any bytes, the same values for whatever is
//! accepted, and the same answer from every way to look a claim up.

use auth_core::{Algorithm, Verifier};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::json::{document, members, object};
use crate::oracle::assert_agrees;
use crate::signer::Signer;
use crate::{cases, finish, good_claims, verify};

/// The claims that are looked at.
const CLAIMS: &[&str] = &["iss", "aud", "exp", "nbf", "iat", "sub", "azp", "cnf", "scope", "jti"];

/// What documents are made of.
const TOKENS: [&str; 11] = ["{", "}", "[", "]", ":", ",", "\"a\"", "\"\\u0061\"", "1", "null", " "];

/// Puts payloads to both readers.
struct Readers {
    signer: Signer,
    verifier: Verifier,
}

impl Readers {
    fn new() -> Self {
        let signer = Signer::new(Algorithm::HS256);
        let verifier = finish(signer.verifier());
        Self { signer, verifier }
    }

    /// Whether it was accepted.
    fn agree_on(&self, payload: &[u8]) -> bool {
        let answer = verify(&self.verifier, &self.signer.token(self.signer.header(), payload));
        assert_agrees(payload, &answer);
        answer.is_ok()
    }
}

/// A text, spelled with escapes where the numbers say so.
fn spelled(text: &str, escapes: &[bool]) -> String {
    let escapes = escapes.iter().copied().cycle();
    let spell = |(char, escaped): (char, bool)| match char {
        '/' if escaped => "\\/".to_owned(),
        char if escaped => {
            let mut units = [0; 2];
            let units = char.encode_utf16(&mut units).iter();
            units.fold(String::new(), |text, unit| format!("{text}\\u{unit:04x}"))
        }
        char => {
            let quoted = Value::from(char.to_string()).to_string();
            quoted[1..quoted.len() - 1].to_owned()
        }
    };
    let spelled: String = text.chars().zip(escapes).map(spell).collect();
    format!("\"{spelled}\"")
}

/// Good claims and others besides, all spelled with escapes here and there.
fn escaped() -> impl Strategy<Value = Vec<u8>> {
    let more = prop::collection::btree_map(any::<String>(), any::<String>(), 0..4);
    let escapes = prop::collection::vec(prop::bool::weighted(0.2), 1..40);
    (more, escapes).prop_map(|(more, escapes)| {
        let mut claims = good_claims();
        claims["aud"] = Value::from_iter([crate::AUDIENCE, "https://other.example/\u{1f980}"]);
        claims["scope"] = Value::from("read:orders  write:orders");
        let members = claims.as_object_mut().unwrap();
        for (name, text) in more {
            members.entry(name).or_insert(Value::from(text));
        }
        let spell = |(name, value): (&String, &Value)| {
            let value = match value {
                Value::String(text) => spelled(text, &escapes),
                Value::Array(all) => {
                    let all = all.iter().map(|one| spelled(one.as_str().unwrap(), &escapes));
                    format!("[{}]", all.collect::<Vec<_>>().join(" , "))
                }
                other => other.to_string(),
            };
            (spelled(name, &escapes), value)
        };
        object(&members.iter().map(spell).collect::<Vec<_>>()).into_bytes()
    })
}

/// Our claims among members of any shape, in any order.
fn surrounded() -> impl Strategy<Value = Vec<u8>> {
    let quoted = |name: &str| format!("{name:?}");
    (members(CLAIMS), any::<prop::sample::Index>()).prop_map(move |(mut members, at)| {
        for (name, value) in good_claims().as_object().unwrap() {
            if !members.iter().any(|(written, _)| *written == quoted(name)) {
                let at = at.index(members.len() + 1);
                members.insert(at, (quoted(name), value.to_string()));
            }
        }
        object(&members).into_bytes()
    })
}

#[test]
fn any_bytes_get_the_verdict_of_a_plainer_reader() {
    let readers = Readers::new();
    let inside = members(CLAIMS).prop_map(|members| object(&members).into_bytes());
    let any = prop_oneof![2 => surrounded(), 1 => inside, 1 => document()];
    let judged = |payload: Vec<u8>| {
        if !payload.is_empty() {
            readers.agree_on(&payload);
        }
        Ok(())
    };
    TestRunner::new(cases(2000)).run(&any, judged).unwrap();
}

#[test]
fn claims_spelled_with_escapes_are_the_same_claims() {
    let readers = Readers::new();
    let judged = |payload: Vec<u8>| {
        prop_assert!(readers.agree_on(&payload));
        Ok(())
    };
    TestRunner::new(cases(1000)).run(&escaped(), judged).unwrap();
}

#[test]
fn every_short_document_gets_the_verdict_of_a_plainer_reader() {
    let readers = Readers::new();
    let count = TOKENS.len();
    let mut accepted = 0;
    for number in 0..count.pow(4) {
        let digits = [1, count, count.pow(2), count.pow(3)].map(|place| number / place % count);
        let [a, b, c, d] = digits.map(|digit| TOKENS[digit]);
        let payload = format!(r#"{{"a":{a}{b}{c}{d},"b":{a}{b}{c}{d}}}"#);
        readers.agree_on(payload.as_bytes());
        let good = good_claims().to_string();
        let payload = format!(r#"{},"b":{a}{b}{c}{d}}}"#, good.trim_end_matches('}'));
        accepted += usize::from(readers.agree_on(payload.as_bytes()));
    }
    assert!(accepted > 50, "{accepted}");
}

#[test]
fn a_name_that_is_there_twice_is_seen_in_objects_of_any_size() {
    let readers = Readers::new();
    let good = good_claims().to_string();
    for size in [1, 2, 15, 16, 17, 18, 40] {
        let names: Vec<_> = (0..size).map(|number| format!("m{number:x}")).collect();
        for twice in [None].into_iter().chain((0..size).map(Some)) {
            let spell = |name: &String| (spelled(name, &[false, true]), "1".to_owned());
            let mut members: Vec<_> = names.iter().map(spell).collect();
            members.extend(twice.map(|which| (spelled(&names[which], &[false]), "1".to_owned())));
            let inner = object(&members);
            let nested = format!(r#"{},"n":[{inner},{inner}]}}"#, good.trim_end_matches('}'));
            let flat = format!("{},{}", good.trim_end_matches('}'), &inner[1..]);
            for payload in [nested, flat] {
                assert_eq!(readers.agree_on(payload.as_bytes()), twice.is_none(), "{payload}");
            }
        }
    }
}
