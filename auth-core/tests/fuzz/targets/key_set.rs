//! A key set, given by hand and published: no set makes a stranger's token good, and no secret of
//! it is ever told.

use auth_core::{Algorithm, Verifier};
use serde_json::{Value, json};

use super::world::{
    KEYS_URL, Signer, assert_refuses_a_stranger, environment, fetch_and_verify, finish, jwk,
    publish, strangers_token, verify,
};

pub(super) fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let token = strangers_token();
    match finish(Verifier::jwks(&*text), &environment()) {
        Ok(verifier) => assert_refuses_a_stranger(verify(&verifier, &token)),
        Err(problems) => {
            assert_eq!(
                finish(Verifier::jwks(&*text), &environment()).err().as_ref(),
                Some(&problems)
            );
            assert_keeps_secrets(data, &problems.join("; "));
        }
    }
    let network = publish(environment(), [("/keys", data.to_vec())]);
    let remote = Verifier::remote(KEYS_URL).algorithms([Algorithm::EdDSA, Algorithm::RS256]);
    let verifier = finish(remote, &network).expect("nothing was fetched yet");
    assert_refuses_a_stranger(fetch_and_verify(&verifier, &token));
}

fn assert_keeps_secrets(data: &[u8], problems: &str) {
    let Ok(set) = serde_json::from_slice::<Value>(data) else { return };
    let keys = set["keys"].as_array().into_iter().flatten();
    let secrets = keys.flat_map(|key| [&key["d"], &key["k"]]).filter_map(Value::as_str);
    for secret in secrets.filter(|secret| secret.len() > 12) {
        assert!(!problems.contains(secret), "{problems}");
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let good = jwk(&Signer::new(Algorithm::EdDSA));
    let mut private = good.clone();
    private["d"] = json!("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
    let elliptic = json!({"kty": "EC", "crv": "P-256", "use": "sig", "kid": "current",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"});
    let rsa =
        json!({"kty": "RSA", "e": "AQAB", "n": format!("AK{}", "x".repeat(341)), "alg": "RS256"});
    let secret = json!({"kty": "oct", "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T"});
    let sets = [
        json!({"keys": [good]}),
        json!({"keys": [elliptic, rsa, good]}),
        json!({"keys": [private]}),
        json!({"keys": [secret]}),
        json!({"keys": [null, {}, {"kty": "OKP"}]}),
    ];
    sets.map(|set| set.to_string().into_bytes()).into()
}
