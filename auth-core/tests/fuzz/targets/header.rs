//! A header under a good signature, over good claims: what is refused is refused for the header.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::world::{SIGNER, VERIFIER, good_claims, verify};

const CODES: [&str; 7] = [
    "algorithm_not_allowed",
    "critical_header",
    "header_malformed",
    "key_id_malformed",
    "token_malformed",
    "token_too_large",
    "type_not_allowed",
];

/// What is left of a header whose other members are of no meaning, whatever they hold.
#[derive(Deserialize)]
struct Named {
    alg: String,
    typ: Option<String>,
}

pub(super) fn run(data: &[u8]) {
    match verify(&VERIFIER, &SIGNER.token(data, good_claims().to_string())) {
        Ok(_) => {
            let named: Named = serde_json::from_slice(data).expect("it was accepted");
            assert_eq!(named.alg, "HS256");
            let typ = named.typ.map(|typ| typ.to_ascii_lowercase().replace("application/", ""));
            assert!(typ.is_none_or(|typ| ["jwt", "at+jwt"].contains(&typ.as_str())));
            #[expect(clippy::zero_sized_map_values, reason = "a set cannot be read so")]
            let all: BTreeMap<String, IgnoredAny> =
                serde_json::from_slice(data).expect("it was accepted");
            assert!(["crit", "b64", "zip", "enc"].iter().all(|name| !all.contains_key(*name)));
        }
        Err(error) => assert!(CODES.contains(&error.code()), "{error:?}"),
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let seeds = [
        r#"{"alg":"HS256"}"#,
        r#"{"alg":"HS256","typ":"JWT","kid":"current"}"#,
        r#"{"typ":"application/at+jwt","alg":"HS256","x5c":["MIIB"],"jwk":{"kty":"oct","k":""}}"#,
        r#"{"alg":"HS256","crit":["b64"],"b64":false}"#,
        r#"{"alg":"HS256","crit":["exp"]}"#,
        r#"{"alg":"none"}"#,
    ];
    seeds.map(|seed| seed.as_bytes().to_vec()).into()
}
