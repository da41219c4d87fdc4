//! Key sets as RFC 7517 prints them, put to use: its private keys sign, its public keys verify.

use auth_core::Algorithm;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeyPairComponents, PublicKeyComponents};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{ISSUER, NOW, unb64, verdict};

/// What the verifier accepts; each key narrows it.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256];

#[derive(Deserialize)]
struct Document {
    sets: Vec<Set>,
}

#[derive(Deserialize)]
struct Set {
    section: String,
    what: String,
    keys: Vec<Value>,
    tokens: Vec<Minted>,
}

/// A token that is made for the occasion.
#[derive(Deserialize)]
struct Minted {
    algorithm: String,
    /// Which of the private keys in A.2 signs it.
    signer: usize,
    kid: String,
    verdict: String,
}

fn sets() -> Vec<Set> {
    let Document { sets } = serde_json::from_str(include_str!("rfc7517.json")).unwrap();
    assert_eq!(sets.len(), 4);
    sets
}

/// A good token under one of the private keys in A.2.
fn mint(minted: &Minted) -> String {
    let header = json!({"alg": minted.algorithm, "kid": minted.kid});
    let claims = json!({"iss": ISSUER, "exp": NOW + 60});
    let [header, claims] = [header, claims].map(|json| URL_SAFE_NO_PAD.encode(json.to_string()));
    let input = format!("{header}.{claims}");
    let jwk = &sets()[1].keys[minted.signer];
    let signature = match minted.algorithm.as_str() {
        "ES256" => sign_elliptic(jwk, input.as_bytes()),
        name => sign_rsa(jwk, name, input.as_bytes()),
    };
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn sign_elliptic(jwk: &Value, input: &[u8]) -> Vec<u8> {
    let point = [vec![4], unb64(&jwk["x"]), unb64(&jwk["y"])].concat();
    let key = EcdsaKeyPair::from_private_key_and_public_key(
        &ECDSA_P256_SHA256_FIXED_SIGNING,
        &unb64(&jwk["d"]),
        &point,
    );
    key.unwrap().sign(&SystemRandom::new(), input).unwrap().as_ref().to_vec()
}

fn sign_rsa(jwk: &Value, algorithm: &str, input: &[u8]) -> Vec<u8> {
    let key = RsaKeyPair::from_components(&KeyPairComponents {
        public_key: PublicKeyComponents { n: unb64(&jwk["n"]), e: unb64(&jwk["e"]) },
        d: unb64(&jwk["d"]),
        p: unb64(&jwk["p"]),
        q: unb64(&jwk["q"]),
        dP: unb64(&jwk["dp"]),
        dQ: unb64(&jwk["dq"]),
        qInv: unb64(&jwk["qi"]),
    });
    let key = key.unwrap();
    let encoding = if algorithm == "PS256" { &RSA_PSS_SHA256 } else { &RSA_PKCS1_SHA256 };
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(encoding, &SystemRandom::new(), input, &mut signature).unwrap();
    signature
}

#[tokio::test]
async fn every_key_is_used_for_what_it_says_and_no_published_secret_is() {
    for set in sets() {
        for minted in &set.tokens {
            let found = verdict(&set.keys, &ALGORITHMS, &mint(minted)).await;
            let Minted { algorithm, kid, .. } = minted;
            assert_eq!(found, minted.verdict, "{} ({}): {algorithm} {kid}", set.section, set.what);
        }
    }
}

#[test]
fn the_private_keys_belong_to_the_public_ones_and_the_certificate_to_its_key() {
    let sets = sets();
    for (public, private) in sets[0].keys.iter().zip(&sets[1].keys) {
        for (name, value) in public.as_object().unwrap() {
            assert_eq!(&private[name], value, "{name}");
        }
    }
    let certified = &sets[3].keys[0];
    let certificate = STANDARD.decode(certified["x5c"][0].as_str().unwrap()).unwrap();
    let modulus = unb64(&certified["n"]);
    assert!(certificate.windows(modulus.len()).any(|window| window == modulus));
}
