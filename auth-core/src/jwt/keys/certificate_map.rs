//! A JSON object of key ids and certificates in, its entries out: `{"kid": "-----BEGIN ..."}`.
//!
//! Some issuers publish their keys so instead of as a key set. Next: `encoded`.

use serde_json::{Map, Value};

use super::certificate::Validity;
use super::encoded;
use super::public_key::PublicKey;
use crate::jwt::header::is_key_id;
use crate::jwt::strict_json;

/// One certificate under its id, or what is wrong with it.
pub(crate) type Entry = (String, Result<(PublicKey, Option<Validity>), String>);

/// The entries of a document, of which each may be broken by itself.
pub(crate) fn entries(json: &[u8]) -> Result<Vec<Entry>, &'static str> {
    let members: Map<String, Value> = strict_json::object(json)
        .ok_or("the certificate map is not one JSON object with each member once")?;
    let read = |(id, value): (String, Value)| {
        let key = match value.as_str() {
            Some(text) => entry(&id, text),
            None => Err("expected a text, `-----BEGIN CERTIFICATE-----`".to_owned()),
        };
        (id, key)
    };
    Ok(members.into_iter().map(read).collect())
}

/// One entry that was given as two texts.
pub(super) fn entry(id: &str, certificate: &str) -> Result<encoded::Dated, String> {
    if is_key_id(id) {
        encoded::certificate(certificate)
    } else {
        Err("its key id has to have 1 to 256 bytes and no control characters".to_owned())
    }
}
