//! What runs: the bare check with a key that is parsed already, our verifier with a warm key set,
//! the whole gate, and `jsonwebtoken` as its documentation has it (header, then decode).
//!
//! In: an algorithm. Out: what each costs. Every contender is seen to accept the token first.

use std::sync::Arc;

use auth_core::config::{Environment, Vars};
use auth_core::http::{HttpClient, HttpError, HttpRequest, HttpResponse};
use auth_core::{
    Algorithm, AuthError, Authenticate, Claims, Configured, Gate, HmacSecret, Request, Token,
    Verifier,
};
use aws_lc_rs::hmac;
use aws_lc_rs::signature::{self, ParsedPublicKey, VerificationAlgorithm};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation};
use rcgen::{KeyPair, RsaKeySize, SignatureAlgorithm};
use serde_json::{Value, json};

use crate::race::{Contender, Cost, race as run};

pub(crate) const ISSUER: &str = "https://acme.eu.auth.example/";
pub(crate) const AUDIENCE: &str = "https://api.acme.example";
const SECRET: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0-0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/// An algorithm's costs, the bare check first.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) algorithm: Algorithm,
    pub(crate) costs: Vec<Cost>,
}

/// A signed token and everything that checks it.
pub(crate) struct Stage {
    pub(crate) token: String,
    pub(crate) verifier: Verifier,
    bare: Bare,
    decoding: DecodingKey,
    validation: Validation,
}

/// A key that is parsed already.
enum Bare {
    Secret(Box<hmac::Key>),
    Public(ParsedPublicKey),
}

/// A provider of one verifier, for the gate.
struct Provider(Verifier);

impl Authenticate for Provider {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        self.0.verify(token).await
    }
}

/// Serves one key set from memory: what is measured is the warm path.
#[derive(Debug)]
struct Keys(Vec<u8>);

impl HttpClient for Keys {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        let headers = http::HeaderMap::new();
        let body = self.0.clone().into();
        Box::pin(ready(Ok(HttpResponse { status: http::StatusCode::OK, headers, body })))
    }
}

/// What each costs.
pub(crate) fn race(algorithm: Algorithm) -> Row {
    let stage = Stage::new(algorithm);
    let gate = Gate::new(Configured::new(Provider(stage.verifier.clone()), "bench"));
    let request = http::Request::get("/orders")
        .header("authorization", format!("Bearer {}", stage.token))
        .body(())
        .expect("the request is well formed");
    let request = Request::from(&request);
    let (message, signature) = stage.parts();
    assert!(stage.check(&message, &signature), "the bare check accepts");
    assert!(stage.verify().is_ok(), "ours accepts");
    assert!(stage.decode().is_ok(), "theirs accepts");
    let decide = || gate.decide(&request).now_or_never().expect("the keys are at hand");
    assert!(decide().denial().is_none(), "the gate accepts");
    let costs = run(vec![
        Contender::new("bare check", || stage.check(&message, &signature)),
        Contender::new("verifier", || stage.verify()),
        Contender::new("gate", decide),
        Contender::new("jsonwebtoken", || stage.decode()),
    ]);
    Row { algorithm, costs }
}

impl Stage {
    pub(crate) fn new(algorithm: Algorithm) -> Self {
        let theirs: jsonwebtoken::Algorithm =
            algorithm.name().parse().expect("both know the algorithm");
        let (encoding, decoding, bare, jwk) =
            if algorithm.is_symmetric() { secret(algorithm) } else { pair(algorithm, theirs) };
        let header = Header { kid: Some("key-2".to_owned()), ..Header::new(theirs) };
        let token = jsonwebtoken::encode(&header, &claims(), &encoding).expect("it signs");
        let builder = match jwk {
            None => Verifier::hmac(&HmacSecret::parse(SECRET).expect("it is long enough")),
            Some(_) => Verifier::remote("https://acme.eu.auth.example/keys"),
        };
        let mut keys = vec![jwk.unwrap_or_default(); 3];
        for (index, key) in keys.iter_mut().enumerate() {
            key["kid"] = json!(format!("key-{index}"));
        }
        let served = Keys(json!({"keys": keys}).to_string().into_bytes());
        let environment =
            Environment::process().with_vars(Vars::empty()).with_http(Arc::new(served));
        let verifier = builder
            .algorithms([algorithm])
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .build_in(&environment)
            .expect("it is complete");
        warm(&verifier, &token);
        Self { token, verifier, bare, decoding, validation: validation(theirs) }
    }

    /// What was signed, and the signature.
    fn parts(&self) -> (Vec<u8>, Vec<u8>) {
        let (message, signature) = self.token.rsplit_once('.').expect("it has three parts");
        let signature = URL_SAFE_NO_PAD.decode(signature).expect("it is base64url");
        (message.as_bytes().to_vec(), signature)
    }

    fn check(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.bare {
            Bare::Secret(key) => hmac::verify(key, message, signature).is_ok(),
            Bare::Public(key) => key.verify_sig(message, signature).is_ok(),
        }
    }

    pub(crate) fn verify(&self) -> Result<Claims, AuthError> {
        let token = Token::new(&self.token);
        self.verifier.verify(&token).now_or_never().expect("the keys are at hand")
    }

    fn decode(&self) -> jsonwebtoken::errors::Result<jsonwebtoken::TokenData<Value>> {
        jsonwebtoken::decode_header(&self.token)?;
        jsonwebtoken::decode(&self.token, &self.decoding, &self.validation)
    }
}

/// Fetches the key set.
fn warm(verifier: &Verifier, token: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let runtime = runtime.expect("tokio starts");
    runtime.block_on(verifier.verify(&Token::new(token))).expect("it is accepted");
}

type Keyed = (EncodingKey, DecodingKey, Bare, Option<Value>);

fn secret(algorithm: Algorithm) -> Keyed {
    let hash = match algorithm {
        Algorithm::HS512 => hmac::HMAC_SHA512,
        _ => hmac::HMAC_SHA256,
    };
    let secret = SECRET.as_bytes();
    let bare = Bare::Secret(Box::new(hmac::Key::new(hash, secret)));
    (EncodingKey::from_secret(secret), DecodingKey::from_secret(secret), bare, None)
}

fn pair(algorithm: Algorithm, theirs: jsonwebtoken::Algorithm) -> Keyed {
    let (kind, check): (&SignatureAlgorithm, &'static dyn VerificationAlgorithm) = match algorithm {
        Algorithm::ES256 => (&rcgen::PKCS_ECDSA_P256_SHA256, &signature::ECDSA_P256_SHA256_FIXED),
        Algorithm::ES384 => (&rcgen::PKCS_ECDSA_P384_SHA384, &signature::ECDSA_P384_SHA384_FIXED),
        Algorithm::EdDSA => (&rcgen::PKCS_ED25519, &signature::ED25519),
        Algorithm::PS256 => (&rcgen::PKCS_RSA_SHA256, &signature::RSA_PSS_2048_8192_SHA256),
        _ => (&rcgen::PKCS_RSA_SHA256, &signature::RSA_PKCS1_2048_8192_SHA256),
    };
    let pair = match algorithm {
        Algorithm::RS256 | Algorithm::PS256 => KeyPair::generate_rsa_for(kind, RsaKeySize::_2048),
        _ => KeyPair::generate_for(kind),
    };
    let pair = pair.expect("a key is made");
    let encoding = match algorithm {
        Algorithm::EdDSA => Ok(EncodingKey::from_ed_der(pair.serialized_der())),
        Algorithm::ES256 | Algorithm::ES384 => Ok(EncodingKey::from_ec_der(pair.serialized_der())),
        _ => EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes()),
    };
    let encoding = encoding.expect("it is a private key");
    let jwk = match algorithm {
        Algorithm::EdDSA => {
            let point = URL_SAFE_NO_PAD.encode(pair.public_key_raw());
            serde_json::from_value(json!({"kty": "OKP", "crv": "Ed25519", "x": point})).ok()
        }
        _ => Jwk::from_encoding_key(&encoding, theirs).ok(),
    };
    let jwk = jwk.expect("it has a public half");
    let decoding = DecodingKey::from_jwk(&jwk).expect("it verifies");
    let bare = ParsedPublicKey::new(check, pair.public_key_raw()).expect("it verifies");
    let mut jwk = serde_json::to_value(jwk).expect("it is JSON");
    jwk["alg"] = json!(algorithm.name());
    (encoding, decoding, Bare::Public(bare), Some(jwk))
}

/// As strict as theirs can be made.
fn validation(algorithm: jsonwebtoken::Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud"]);
    validation.validate_nbf = true;
    validation
}

/// About 430 bytes, as an identity provider writes them; they expire in 2096.
fn claims() -> Value {
    json!({
        "iss": ISSUER,
        "sub": "auth0|65f1c0ffee5eed0123456789",
        "aud": [AUDIENCE, "https://acme.eu.auth.example/userinfo"],
        "iat": 1_700_000_000,
        "exp": 4_000_000_000_u64,
        "azp": "nQ3eCFz8vAqk2mBw0sXJ7uYhR5tLpG1d",
        "scope": "openid profile email read:orders write:orders",
        "permissions": ["read:orders", "write:orders"],
        "https://acme.example/email": "ada@acme.example",
        "https://acme.example/roles": ["clerk", "auditor"],
    })
}
