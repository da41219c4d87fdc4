//! A public key, as PEM and in DER: what is a key in one form is the same key in the other, and no
//! key makes a stranger's token good.

use auth_core::{Algorithm, Verifier};

use super::world::{
    Signer, assert_refuses_a_stranger, environment, finish, strangers_token, verify,
};

pub(super) fn run(data: &[u8]) {
    if let Ok(verifier) = finish(Verifier::pem(String::from_utf8_lossy(data)), &environment()) {
        assert_refuses_a_stranger(verify(&verifier, &strangers_token()));
    }
    let der = finish(Verifier::der(data), &environment());
    let forms = ["PUBLIC KEY", "CERTIFICATE"].map(|label| {
        let text = pem::encode(&pem::Pem::new(label, data));
        finish(Verifier::pem(text), &environment())
    });
    if let Ok(verifier) = &der {
        assert_refuses_a_stranger(verify(verifier, &strangers_token()));
    }
    assert_eq!(der.is_ok(), forms.iter().any(Result::is_ok), "a form of it is taken for more");
    for form in forms.iter().flatten() {
        assert_eq!(form.algorithms(), der.as_ref().expect("it is").algorithms());
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for algorithm in [Algorithm::EdDSA, Algorithm::ES256, Algorithm::ES512, Algorithm::RS256] {
        let der = Signer::new(algorithm).spki().expect("the key is public");
        seeds.push(pem::encode(&pem::Pem::new("PUBLIC KEY", der.clone())).into_bytes());
        seeds.push(der);
    }
    // A point without anything around it, of small order at that: it is not a key in DER.
    seeds.push(vec![0; 32]);
    seeds
}
