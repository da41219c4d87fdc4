//! A payload under a good header and signature: what is refused is refused for the claims, and
//! what is accepted is checked again, by somebody else's JSON reader and by a plainer one of ours,
//! which also has to come to the same verdict.

#[path = "../../support/oracle.rs"]
mod oracle;

use serde_json::{Value, json};

use super::world::{AUDIENCE, ISSUER, NOW, SIGNER, VERIFIER, good_claims, verify};

const CODES: [&str; 11] = [
    "audience_mismatch",
    "authorized_party_mismatch",
    "binding_not_checked",
    "claim_malformed",
    "claim_missing",
    "claims_malformed",
    "expired",
    "issued_in_the_future",
    "issuer_mismatch",
    "not_yet_valid",
    "token_malformed",
];

/// How far clocks may disagree unless told otherwise.
const LEEWAY: f64 = 5.0;

pub(super) fn run(data: &[u8]) {
    let answer = verify(&VERIFIER, &SIGNER.token(SIGNER.header(), data));
    let is_whole = !data.is_empty() && data.len() <= 12_000;
    if is_whole {
        oracle::assert_agrees(data, &answer);
    }
    match answer {
        Ok(claims) => {
            let read: Value = serde_json::from_slice(data).expect("it was accepted");
            assert_eq!(claims.parse_as::<Value>().expect("it is JSON"), read);
            assert_holds(&read);
        }
        Err(error) => {
            assert!(CODES.contains(&error.code()) || !is_whole, "{error:?}");
        }
    }
}

fn assert_holds(claims: &Value) {
    let now = f64::from(u32::try_from(NOW).unwrap());
    assert_eq!(claims["iss"], ISSUER);
    assert!(
        claims["aud"] == AUDIENCE || claims["aud"].as_array().unwrap().contains(&AUDIENCE.into())
    );
    assert!(claims["exp"].as_f64().unwrap() + LEEWAY > now);
    for name in ["nbf", "iat"] {
        let time = claims.get(name).map_or(0.0, |time| time.as_f64().unwrap());
        assert!((0.0..=now + LEEWAY).contains(&time), "{name}");
    }
    assert!(
        claims.get("sub").is_none_or(|subject| subject.as_str().is_some_and(|s| !s.is_empty()))
    );
    assert!(claims.get("cnf").is_none());
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut listed = good_claims();
    listed["aud"] = json!(["other", AUDIENCE]);
    listed["nbf"] = json!(NOW - 60);
    listed["azp"] = json!("client");
    listed["deep"] = json!({"a": [{"b": [1.5, -2, null, "\u{1f980}"]}]});
    let mut bound = good_claims();
    bound["cnf"] = json!({"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"});
    let spelled = format!(
        r#"{{"iss\u0075er":"x","\u0069ss":"https:\/\/issuer.example\/",{}"#,
        &good_claims().to_string()[1..]
    );
    let spelled = spelled.replace(r#","iss":"https://issuer.example/""#, "");
    let mut late = good_claims();
    late["exp"] = json!(1_799_999_995.25);
    let [good, listed, bound, late] =
        [good_claims(), listed, bound, late].map(|claims| claims.to_string());
    [good, listed, bound, late, spelled].map(String::into_bytes).into()
}
