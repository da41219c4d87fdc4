//! A token before it is signed: a good one, to be spoilt in one way.

use auth_core::Algorithm;
use serde_json::{Map, Value, json};

use super::keys::SigningKey;
use super::mangle::b64;
use super::sign::mac;

/// A token before it is signed.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Header members.
    pub header: Map<String, Value>,
    /// Claims.
    pub claims: Map<String, Value>,
    header_text: Option<Vec<u8>>,
    payload_text: Option<Vec<u8>>,
    key: SigningKey,
    algorithm: Algorithm,
}

impl Draft {
    /// An empty payload under a plain header.
    pub fn new(algorithm: Algorithm, key: &SigningKey) -> Self {
        let header = json!({"alg": algorithm.name(), "typ": "JWT", "kid": key.id()});
        let Value::Object(header) = header else { unreachable!("an object was written") };
        Self {
            header,
            claims: Map::new(),
            header_text: None,
            payload_text: None,
            key: key.clone(),
            algorithm,
        }
    }

    /// Sets a claim.
    pub fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims.insert(name.to_owned(), value.into());
        self
    }

    /// Removes a claim.
    pub fn without(mut self, name: &str) -> Self {
        self.claims.remove(name);
        self
    }

    /// Sets a header member.
    pub fn header(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.header.insert(name.to_owned(), value.into());
        self
    }

    /// Removes a header member.
    pub fn without_header(mut self, name: &str) -> Self {
        self.header.remove(name);
        self
    }

    /// Writes the header by hand.
    pub fn header_text(mut self, text: impl AsRef<[u8]>) -> Self {
        self.header_text = Some(text.as_ref().to_vec());
        self
    }

    /// Writes the payload by hand.
    pub fn payload_text(mut self, text: impl AsRef<[u8]>) -> Self {
        self.payload_text = Some(text.as_ref().to_vec());
        self
    }

    /// Lets another key sign; the header stays as it is.
    pub fn signed_by(mut self, key: &SigningKey) -> Self {
        self.key = key.clone();
        self
    }

    /// Signs with another algorithm; the header stays as it is.
    pub const fn signed_with(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// Header and payload with the dot between them.
    pub fn signing_input(&self) -> String {
        let text = |written: &Option<Vec<u8>>, members: &Map<String, Value>| match written {
            Some(text) => b64(text),
            None => b64(Value::Object(members.clone()).to_string()),
        };
        let header = text(&self.header_text, &self.header);
        let payload = text(&self.payload_text, &self.claims);
        format!("{header}.{payload}")
    }

    /// The token.
    pub fn sign(&self) -> String {
        let input = self.signing_input();
        let signature = self.key.sign(self.algorithm, input.as_bytes());
        format!("{input}.{}", b64(signature))
    }

    /// The token with this in place of a signature.
    pub fn with_signature(&self, signature: &[u8]) -> String {
        format!("{}.{}", self.signing_input(), b64(signature))
    }

    /// The token with a MAC under any key at all, and a header that says so.
    pub fn with_mac(self, algorithm: Algorithm, key: &[u8]) -> String {
        let draft = self.header("alg", algorithm.name());
        draft.with_signature(&mac(algorithm, key, draft.signing_input().as_bytes()))
    }
}
