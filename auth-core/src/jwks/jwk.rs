//! One JSON Web Key in, one checked [`PublicKey`] out (RFC 7517, RFC 7518 section 6, RFC 8037,
//! RFC 8812).
//!
//! What the key says of itself (`use`, `key_ops`, `alg`) narrows what it may do; nothing widens
//! it. A secret or a private key that somebody published is no key: whoever has read it can sign.
//! Next: `jwt::keys::public_key`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use crate::jwt::{Algorithm, Curve, PublicKey};

/// A key that may verify.
pub(crate) struct Jwk {
    pub(crate) id: Option<String>,
    pub(crate) key: PublicKey,
    /// The one algorithm that it says it is for.
    pub(crate) algorithm: Option<Algorithm>,
    /// Whose tokens it says it signs, in a set that several issuers share: no registered member.
    pub(crate) issuer: Option<String>,
}

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// It is for something else, or of a kind that nobody here knows: as usual in a set.
    Foreign,
    /// It is not what it says it is.
    Broken(&'static str),
    /// It shows its private half.
    Private,
    /// It is a shared secret.
    Secret,
}

/// What a private key has and a public key has not (RFC 7518, sections 6.2.2 and 6.3.2).
const PRIVATE_MEMBERS: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "oth"];

/// Reads one key.
pub(crate) fn read_jwk(jwk: &Value) -> Result<Jwk, Unusable> {
    let jwk = jwk.as_object().ok_or(Unusable::Broken("it is no JSON object"))?;
    if text(jwk, "kty") == Some("oct") || jwk.contains_key("k") {
        return Err(Unusable::Secret);
    }
    if PRIVATE_MEMBERS.iter().any(|member| jwk.contains_key(*member)) {
        return Err(Unusable::Private);
    }
    if !is_for_verifying(jwk) {
        return Err(Unusable::Foreign);
    }
    let id = match jwk.get("kid") {
        None => None,
        Some(Value::String(id)) => Some(id.clone()),
        Some(_) => return Err(Unusable::Broken("its `kid` is no text")),
    };
    let algorithm = match jwk.get("alg") {
        None => None,
        Some(Value::String(name)) => Some(Algorithm::from_name(name).ok_or(Unusable::Foreign)?),
        Some(_) => return Err(Unusable::Broken("its `alg` is no text")),
    };
    let issuer = match jwk.get("issuer") {
        None => None,
        Some(Value::String(issuer)) => Some(issuer.clone()),
        Some(_) => return Err(Unusable::Broken("its `issuer` is no text")),
    };
    let key = public_key(jwk)?;
    if algorithm.is_some_and(|algorithm| key.for_algorithm(algorithm).is_none()) {
        return Err(Unusable::Broken("its `alg` is not one that a key of its kind serves"));
    }
    Ok(Jwk { id, key, algorithm, issuer })
}

fn is_for_verifying(jwk: &Map<String, Value>) -> bool {
    let is_signature_key = jwk.get("use").is_none_or(|usage| usage == "sig");
    let may_verify = jwk.get("key_ops").is_none_or(|operations| {
        operations.as_array().is_some_and(|list| list.iter().any(|entry| entry == "verify"))
    });
    is_signature_key && may_verify
}

fn public_key(jwk: &Map<String, Value>) -> Result<PublicKey, Unusable> {
    let kind = text(jwk, "kty").ok_or(Unusable::Broken("its `kty` is no text"))?;
    let read = match (kind, text(jwk, "crv")) {
        ("RSA", _) => PublicKey::rsa(&bytes(jwk, "n")?, &bytes(jwk, "e")?),
        ("EC", Some(name)) => {
            let curve = Curve::from_name(name).ok_or(Unusable::Foreign)?;
            elliptic_curve(curve, &bytes(jwk, "x")?, &bytes(jwk, "y")?)
        }
        ("OKP", Some("Ed25519")) => PublicKey::ed25519(&bytes(jwk, "x")?),
        ("EC" | "OKP", None) => Err("its `crv` is no text"),
        _ => return Err(Unusable::Foreign),
    };
    read.map_err(Unusable::Broken)
}

/// Both coordinates have the full length of the curve, each by itself (RFC 7518, section 6.2.1.2).
fn elliptic_curve(curve: Curve, x: &[u8], y: &[u8]) -> Result<PublicKey, &'static str> {
    if x.len() != y.len() {
        return Err("the key's coordinates do not have the length of its curve");
    }
    PublicKey::elliptic(curve, &[&[4], x, y].concat())
}

fn text<'j>(jwk: &'j Map<String, Value>, member: &str) -> Option<&'j str> {
    jwk.get(member)?.as_str()
}

/// Canonical base64url without padding (RFC 7518, section 2).
fn bytes(jwk: &Map<String, Value>, member: &str) -> Result<Vec<u8>, Unusable> {
    text(jwk, member)
        .and_then(|text| URL_SAFE_NO_PAD.decode(text).ok())
        .ok_or(Unusable::Broken("its numbers are not texts of base64url without padding"))
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Foreign => "it is for another purpose, or of another kind",
            Self::Broken(problem) => problem,
            Self::Private => "it shows its private half: publish public keys, and make a new pair",
            Self::Secret => "it is a shared secret: give it as an `HmacSecret`",
        })
    }
}
