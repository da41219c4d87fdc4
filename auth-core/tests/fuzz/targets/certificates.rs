//! A map of certificates, given by hand and published: no map makes a stranger's token good.

use auth_core::{Algorithm, Verifier};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::world::{
    KEYS_URL, assert_refuses_a_stranger, environment, fetch_and_verify, finish, publish,
    strangers_token, verify,
};

/// The certificate of RFC 7517, appendix B; it expired in 2018.
const EXPIRED: &str = include_str!("../../vectors/rfc7517.json");

pub(super) fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let token = strangers_token();
    if let Ok(verifier) = finish(Verifier::certificate_map(&*text), &environment()) {
        assert_refuses_a_stranger(verify(&verifier, &token));
    }
    let network = publish(environment(), [("/keys", data.to_vec())]);
    let remote = Verifier::remote_certificates(KEYS_URL).algorithms([Algorithm::EdDSA]);
    let verifier = finish(remote, &network).expect("nothing was fetched yet");
    assert_refuses_a_stranger(fetch_and_verify(&verifier, &token));
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let sets: serde_json::Value = serde_json::from_str(EXPIRED).expect("it is a vector");
    let der = sets["sets"][3]["keys"][0]["x5c"][0].as_str().expect("it has a certificate");
    let der = STANDARD.decode(der).expect("it is base64");
    let expired = pem::encode(&pem::Pem::new("CERTIFICATE", der.clone()));
    // The same until the year 2099: its signature is wrong then, and nobody looks at that.
    let mut lasting = der;
    let dates = lasting.windows(13).position(|text| text == b"180814222915Z");
    let at = dates.expect("it says when it ends");
    lasting[at..at + 2].copy_from_slice(b"49");
    let lasting = pem::encode(&pem::Pem::new("CERTIFICATE", lasting));
    let maps = [
        json!({"current": lasting}),
        json!({"current": lasting, "old": expired}),
        json!({"current": "-----BEGIN CERTIFICATE-----", "": 7}),
        json!({}),
    ];
    maps.map(|map| map.to_string().into_bytes()).into()
}
