//! The `DPoP` header in, a proof out: its form only (RFC 9449, section 4.2). Nothing of it is
//! believed until `check` has compared it and checked its signature.
//!
//! Everything here costs no key and no network, so it comes before the token is looked at. Next:
//! `check`.

use std::time::Duration;

use http::header::HeaderName;
use serde_json::{Map, Value};

use super::error::BindingError;
use super::thumbprint::thumbprint;
use crate::jwks::read_jwk;
use crate::jwt::{Algorithm, Claims, Compact, strict_object};
use crate::request::Request;

/// Where the proof stands.
static DPOP: HeaderName = HeaderName::from_static("dpop");

/// The most bytes a proof may have; real ones have fewer than a thousand.
const MAX_PROOF_BYTES: usize = 8 * 1024;

/// The most bytes a `jti` may have; real ones have fewer than a hundred.
const MAX_ID_BYTES: usize = 256;

/// The most members the header and the claims may have each.
const MAX_MEMBERS: usize = 32;

/// A proof of the right form.
pub(super) struct Proof<'r> {
    compact: Compact<'r>,
    algorithm: Algorithm,
    key: Value,
    /// The key's thumbprint, as `jkt` is written.
    pub(super) thumbprint: String,
    claims: Claims,
    /// When it was made, since 1970.
    pub(super) issued: Duration,
}

impl<'r> Proof<'r> {
    /// The one proof of the one header.
    pub(super) fn read(
        request: &Request<'r>,
        algorithms: &[Algorithm],
    ) -> Result<Self, BindingError> {
        let mut values = request.headers().get_all(&DPOP).iter();
        let value = values.next().ok_or(BindingError::ProofMissing)?;
        if values.next().is_some() {
            return Err(malformed("the header is repeated"));
        }
        if value.len() > MAX_PROOF_BYTES {
            return Err(malformed("it is too large"));
        }
        let text = value.to_str().map_err(|_| malformed("it is not visible ASCII"))?;
        Self::parse(text, algorithms)
    }

    fn parse(text: &'r str, algorithms: &[Algorithm]) -> Result<Self, BindingError> {
        let compact = Compact::split(text).map_err(|_| malformed("it is not three parts"))?;
        let header = object(&compact.header().map_err(|_| malformed("it is not base64url"))?)?;
        let algorithm = admit(&header, algorithms)?;
        let key = header.get("jwk").and_then(Value::as_object).ok_or(malformed("it has no key"))?;
        let thumbprint = thumbprint(key).ok_or(malformed("its key is of no kind that is used"))?;
        let payload = compact.payload().map_err(|_| malformed("it is not base64url"))?;
        let claims = Claims::parse(payload).map_err(|_| malformed("its claims are no object"))?;
        let issued = claims.time("iat").ok().flatten().ok_or(malformed("it has no `iat`"))?;
        let proof = Self {
            key: Value::Object(key.clone()),
            compact,
            algorithm,
            thumbprint,
            claims,
            issued,
        };
        let is_complete = !["htm", "htu", "ath"].iter().any(|name| proof.text(name).is_none())
            && (1..=MAX_ID_BYTES).contains(&proof.id().len())
            && proof.claims.count() <= MAX_MEMBERS;
        is_complete.then_some(proof).ok_or(malformed("a claim is missing or of another form"))
    }

    /// A claim that is a text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.claims.claim(name)
    }

    /// Its own id (`jti`).
    pub(super) fn id(&self) -> &str {
        self.text("jti").unwrap_or_default()
    }

    /// Whether it was signed with the key that it names.
    pub(super) fn check_signature(&self) -> Result<(), BindingError> {
        let jwk =
            read_jwk(&self.key).map_err(|_| malformed("its key is no public key to sign with"))?;
        let fits = jwk.algorithm.is_none_or(|algorithm| algorithm == self.algorithm);
        let key = jwk.key.for_algorithm(self.algorithm).filter(|_| fits);
        let key = key.ok_or(malformed("its key does not fit its algorithm"))?;
        let signature = self.compact.signature().map_err(|_| malformed("it is not base64url"))?;
        key.verify(self.compact.signing_input(), &signature)
            .map_err(|_| BindingError::ProofSignatureInvalid)
    }
}

pub(super) const fn malformed(problem: &'static str) -> BindingError {
    BindingError::ProofMalformed(problem)
}

fn object(json: &[u8]) -> Result<Map<String, Value>, BindingError> {
    strict_object(json)
        .filter(|members| members.len() <= MAX_MEMBERS)
        .ok_or(malformed("its header is not one JSON object with each member once"))
}

/// What the header alone rules out.
fn admit(header: &Map<String, Value>, algorithms: &[Algorithm]) -> Result<Algorithm, BindingError> {
    if header.get("typ").and_then(Value::as_str) != Some("dpop+jwt") {
        return Err(malformed("its type is not dpop+jwt"));
    }
    if ["crit", "b64", "zip", "enc"].iter().any(|member| header.contains_key(*member)) {
        return Err(malformed("it has a header that is not understood"));
    }
    header
        .get("alg")
        .and_then(Value::as_str)
        .and_then(Algorithm::from_name)
        .filter(|algorithm| algorithms.contains(algorithm))
        .ok_or(malformed("its algorithm is not allowed"))
}
