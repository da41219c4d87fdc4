//! A proof of possession beside a token that is bound to a key (RFC 9449): accepted only with that
//! key's signature, for this request and this token.

use std::sync::LazyLock;

use auth_core::proof::Dpop;
use auth_core::{Algorithm, Request, Token};
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::FutureExt as _;
use http::HeaderValue;
use serde_json::{Value, json};

use super::world::{AUDIENCE, NOW, SIGNER, Signer, b64, environment, finish, good_claims, jwk};

/// The holder's key, and a token that is bound to it.
static HOLDER: LazyLock<(Signer, String)> = LazyLock::new(|| {
    let holder = Signer::new(Algorithm::EdDSA);
    let x = jwk(&holder)["x"].clone();
    let thumbprint = sha256(&format!(r#"{{"crv":"Ed25519","kty":"OKP","x":{x}}}"#));
    let mut claims = good_claims();
    claims["cnf"] = json!({"jkt": thumbprint});
    let token = SIGNER.token(SIGNER.header(), claims.to_string());
    (holder, token)
});

pub(super) fn run(data: &[u8]) {
    let Ok(proof) = HeaderValue::from_bytes(data) else { return };
    let (holder, token) = &*HOLDER;
    let dpop = Dpop::required().origin(AUDIENCE).algorithms([Algorithm::EdDSA]);
    let verifier = finish(SIGNER.verifier().dpop(dpop), &environment()).expect("it is sound");
    let request = http::Request::get(format!("{AUDIENCE}/orders?full=1"))
        .header("authorization", format!("DPoP {token}"))
        .header("dpop", proof)
        .body(())
        .expect("the request is sound");
    let request = Request::from(&request);
    let token = Token::from_request_under(&request, verifier.schemes()).expect("there is one");
    let verify = || verifier.verify_request(&token, &request).now_or_never().expect("at hand");
    match verify() {
        Ok(_) => {
            let proof = std::str::from_utf8(data).expect("it was accepted");
            let (input, signature) = proof.rsplit_once('.').expect("it was accepted");
            assert_eq!(signature, b64(holder.sign(input.as_bytes())));
            assert_is_for_this_request(input, token.expose());
            assert_eq!(verify().unwrap_err().code(), "proof_replayed");
        }
        Err(error) => {
            let code = error.code();
            assert!(code.starts_with("proof_") || code == "binding_mismatch", "{error:?}");
            assert_eq!(verify().unwrap_err().code(), code);
        }
    }
}

fn assert_is_for_this_request(input: &str, token: &str) {
    let (_, payload) = input.split_once('.').expect("it was accepted");
    let payload = URL_SAFE_NO_PAD.decode(payload).expect("it was accepted");
    let claims: Value = serde_json::from_slice(&payload).expect("it was accepted");
    assert_eq!(claims["htm"], "GET");
    assert_eq!(claims["ath"], sha256(token));
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let (holder, token) = &*HOLDER;
    let mut key = jwk(holder);
    key.as_object_mut().expect("it is an object").remove("kid");
    let header = json!({"typ": "dpop+jwt", "alg": "EdDSA", "jwk": key}).to_string();
    let claims = |method: &str, token: &str| {
        json!({"jti": "proof-1", "htm": method, "htu": format!("{AUDIENCE}/orders"), "iat": NOW,
            "ath": sha256(token)})
        .to_string()
    };
    let seeds = [
        holder.token(&header, claims("GET", token)),
        holder.token(&header, claims("POST", token)),
        holder.token(&header, claims("GET", "other")),
        holder.token(holder.header(), claims("GET", token)),
    ];
    seeds.map(String::into_bytes).into()
}

/// SHA-256 as base64url.
fn sha256(text: &str) -> String {
    b64(digest(&SHA256, text.as_bytes()))
}
