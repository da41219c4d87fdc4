//! A whole token: accepted only with a signature that can be made again.

use super::world::{SIGNER, VERIFIER, b64, good_claims, verify};

pub(super) fn run(data: &[u8]) {
    let token = String::from_utf8_lossy(data);
    match verify(&VERIFIER, &token) {
        Ok(_) => {
            let (input, signature) = token.rsplit_once('.').expect("it was accepted");
            assert_eq!(signature, b64(SIGNER.sign(input.as_bytes())));
        }
        Err(error) => {
            let texts = [error.to_string(), format!("{error:?}")];
            let leaks = |part: &str| part.len() > 16 && texts.iter().any(|t| t.contains(part));
            assert!(!token.split('.').any(leaks), "{error:?}");
        }
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let good = SIGNER.token(SIGNER.header(), good_claims().to_string());
    let unsecured = format!("{}.{}.", b64(r#"{"alg":"none"}"#), b64(good_claims().to_string()));
    let serialized = format!(r#"{{"payload":"e30","protected":"{}"}}"#, b64(SIGNER.header()));
    let seeds = [good.clone(), unsecured, serialized, format!("{good}.{good}"), "..".to_owned()];
    seeds.map(String::into_bytes).into()
}
