//! A client that holds a key: tokens that are bound to it, and its proofs of possession, to be
//! spoilt in one way. Keys and signatures are made with aws-lc-rs, thumbprints by hand.

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::jwt::VerifierBuilder;
use auth_core::proof::Dpop;
use auth_core::{Algorithm, AuthError, Claims, Request, Token, Verifier};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use futures_util::FutureExt as _;
use serde_json::{Value, json};

use crate::keys::{SECRET, b64, mac, secret};
use crate::{AUDIENCE, ISSUER, NOW, environment, good_claims};

/// Where every request goes.
pub(crate) const ADDRESS: &str = "https://api.example/orders";

/// A client's key on P-256.
pub(crate) struct Holder(EcdsaKeyPair);

/// A proof before it is signed.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) header: Value,
    pub(crate) claims: Value,
}

impl Holder {
    pub(crate) fn new() -> Self {
        Self(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    /// The public key as a JSON Web Key.
    pub(crate) fn jwk(&self) -> Value {
        let (x, y) = self.0.public_key().as_ref()[1..].split_at(32);
        json!({"kty": "EC", "crv": "P-256", "x": b64(x), "y": b64(y)})
    }

    /// Its thumbprint (RFC 7638).
    pub(crate) fn jkt(&self) -> String {
        let jwk = self.jwk();
        sha256(&format!(r#"{{"crv":"P-256","kty":"EC","x":{},"y":{}}}"#, jwk["x"], jwk["y"]))
    }

    /// A good token that is bound to this key.
    pub(crate) fn token(&self) -> String {
        token_with(json!({"jkt": self.jkt()}))
    }

    /// A good proof for a request with this token, not signed yet.
    pub(crate) fn draft(&self, token: &str) -> Draft {
        let id = b64(aws_lc_rs::rand::generate::<[u8; 12]>(&SystemRandom::new()).unwrap().expose());
        Draft {
            header: json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": self.jwk()}),
            claims: json!({
                "jti": id, "htm": "GET", "htu": ADDRESS, "iat": NOW, "ath": sha256(token),
            }),
        }
    }

    /// The proof, signed.
    pub(crate) fn sign(&self, draft: &Draft) -> String {
        self.sign_texts(&draft.header.to_string(), &draft.claims.to_string())
    }

    pub(crate) fn sign_texts(&self, header: &str, claims: &str) -> String {
        let input = format!("{}.{}", b64(header), b64(claims));
        let signature = self.0.sign(&SystemRandom::new(), input.as_bytes()).unwrap();
        format!("{input}.{}", b64(signature))
    }

    /// A good proof.
    pub(crate) fn proof(&self, token: &str) -> String {
        self.sign(&self.draft(token))
    }
}

/// SHA-256 as base64url.
pub(crate) fn sha256(text: &str) -> String {
    b64(digest(&SHA256, text.as_bytes()))
}

/// A good token with this confirmation.
pub(crate) fn token_with(cnf: Value) -> String {
    let mut claims = good_claims();
    claims["cnf"] = cnf;
    mac(Algorithm::HS256, SECRET, &claims)
}

/// A good token that is bound to nobody.
pub(crate) fn bearer_token() -> String {
    mac(Algorithm::HS256, SECRET, &good_claims())
}

/// A verifier of such tokens that is finished by `choose`, and its clock.
pub(crate) fn verifier(
    choose: impl FnOnce(VerifierBuilder) -> VerifierBuilder,
) -> (Verifier, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
    let environment = environment().with_clock(Arc::<ManualClock>::clone(&clock));
    let builder = Verifier::hmac(&secret()).issuer(ISSUER).audience(AUDIENCE);
    (choose(builder).build_in(&environment).unwrap(), clock)
}

/// One that takes bound tokens only.
pub(crate) fn strict() -> Verifier {
    verifier(|builder| builder.dpop(required())).0
}

/// Proofs for [`ADDRESS`], and nothing but.
pub(crate) fn required() -> Dpop {
    Dpop::required().origin("https://api.example")
}

/// A request for [`ADDRESS`] with this `Authorization` and these proofs.
pub(crate) fn request(authorization: &str, proofs: &[&str]) -> http::Request<()> {
    let mut request = http::Request::get("/orders?page=2").header("authorization", authorization);
    for proof in proofs {
        request = request.header("dpop", *proof);
    }
    request.body(()).unwrap()
}

/// What a verifier makes of a request.
pub(crate) fn verify(
    verifier: &Verifier,
    request: &http::Request<()>,
) -> Result<Claims, AuthError> {
    let request = Request::from(request);
    let token = Token::from_request_under(&request, verifier.schemes())?;
    verifier.verify_request(&token, &request).now_or_never().expect("local keys are at hand")
}

/// `ok`, or the code of the refusal.
pub(crate) fn code(verifier: &Verifier, request: &http::Request<()>) -> &'static str {
    verify(verifier, request).map_or_else(|error| error.code(), |_| "ok")
}

/// The same for a token with this proof.
pub(crate) fn code_of(verifier: &Verifier, token: &str, proof: &str) -> &'static str {
    code(verifier, &request(&format!("DPoP {token}"), &[proof]))
}
