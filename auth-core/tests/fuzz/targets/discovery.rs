//! An issuer's description of itself, whose keys are good: followed only if it is the issuer's own.

use std::sync::LazyLock;

use auth_core::{Algorithm, Verifier};
use serde_json::{Value, json};

use super::world::{
    AUDIENCE, ISSUER, KEYS_URL, Signer, environment, fetch_and_verify, good_claims, jwk, publish,
};

/// The issuer's key.
static KEY: LazyLock<Signer> = LazyLock::new(|| Signer::new(Algorithm::EdDSA));

pub(super) fn run(data: &[u8]) {
    let keys = json!({"keys": [jwk(&KEY)]}).to_string().into_bytes();
    let network = publish(
        environment(),
        [("/.well-known/openid-configuration", data.to_vec()), ("/keys", keys)],
    );
    let builder = Verifier::discover(ISSUER).algorithms([Algorithm::EdDSA]).audience(AUDIENCE);
    let verifier = builder.build_in(&network).expect("nothing was fetched yet");
    let token = KEY.token(r#"{"alg":"EdDSA","kid":"current"}"#, good_claims().to_string());
    match fetch_and_verify(&verifier, &token) {
        Ok(_) => {
            let document: Value = serde_json::from_slice(data).expect("it was followed");
            assert_eq!(document["issuer"], ISSUER);
            let address = document["jwks_uri"].as_str().expect("it was followed");
            assert!(address.trim().to_ascii_lowercase().starts_with("https:"), "{address}");
        }
        Err(error) => assert_eq!(error.code(), "keys_unavailable"),
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let documents = [
        json!({"issuer": ISSUER, "jwks_uri": KEYS_URL}),
        json!({"issuer": ISSUER, "jwks_uri": "https://keys.example/a/keys",
            "id_token_signing_alg_values_supported": ["none", "HS256"]}),
        json!({"issuer": "https://issuer.example", "jwks_uri": KEYS_URL}),
        json!({"issuer": ISSUER, "jwks_uri": "http://issuer.example/keys"}),
        json!({"issuer": ISSUER, "jwks_uri": "https://user:word@issuer.example/keys"}),
    ];
    documents.map(|document| document.to_string().into_bytes()).into()
}
