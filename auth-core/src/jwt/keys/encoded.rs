//! PEM text (RFC 7468) or DER bytes in, public keys and certificates' keys out.
//!
//! Every block of a text has to be one that is understood: a block that is skipped silently is a
//! key that somebody believes to be in use. A private key is refused whatever it is in. Next:
//! `der`, or `certificate`.

use super::certificate::{self, Validity};
use super::der;
use super::public_key::PublicKey;

/// What begins every block.
const BEGIN: &str = "-----BEGIN ";

/// A key, and when it holds if a certificate says so.
pub(super) type Dated = (PublicKey, Option<Validity>);

/// The blocks of a text, at least one.
pub(super) fn blocks(text: &str) -> Result<Vec<pem::Pem>, String> {
    let blocks = pem::parse_many(text.trim()).unwrap_or_default();
    if blocks.is_empty() {
        return Err("the public key is not PEM: expected `-----BEGIN PUBLIC KEY-----`".to_owned());
    }
    if blocks.len() != text.matches(BEGIN).count() {
        return Err("the PEM has a block that cannot be read: is it cut off?".to_owned());
    }
    Ok(blocks)
}

/// The key in one block.
pub(super) fn read(block: &pem::Pem) -> Result<Dated, String> {
    let der = block.contents();
    let undated = |key: Result<PublicKey, _>| key.map(|key| (key, None));
    let read = match block.tag() {
        "PUBLIC KEY" => undated(der::public_key(der)),
        "RSA PUBLIC KEY" => undated(der::rsa_public_key(der)),
        "CERTIFICATE" => certificate::read(der).map(|(key, validity)| (key, Some(validity))),
        tag if tag.ends_with("PRIVATE KEY") => Err(PRIVATE_KEY),
        tag => {
            return Err(format!(
                "the PEM holds a `{tag}`: expected a `PUBLIC KEY`, as `openssl pkey -pubout` \
                 writes it, an `RSA PUBLIC KEY` or a `CERTIFICATE`"
            ));
        }
    };
    read.map_err(str::to_owned)
}

/// The key of the one certificate that a text consists of.
pub(super) fn certificate(text: &str) -> Result<Dated, String> {
    match blocks(text)?.as_slice() {
        [block] if block.tag() == "CERTIFICATE" || block.tag().ends_with("PRIVATE KEY") => {
            read(block)
        }
        _ => Err("expected one `-----BEGIN CERTIFICATE-----`".to_owned()),
    }
}

/// The key in DER, with no text around it: a `SubjectPublicKeyInfo` or a certificate.
pub(super) fn read_der(bytes: &[u8]) -> Result<Dated, String> {
    let read = if certificate::is_certificate(bytes) {
        certificate::read(bytes).map(|(key, validity)| (key, Some(validity)))
    } else if der::is_private_key(bytes) {
        Err(PRIVATE_KEY)
    } else {
        der::public_key(bytes).map(|key| (key, None))
    };
    read.map_err(str::to_owned)
}

/// What is said to somebody who gives a private key away.
const PRIVATE_KEY: &str = "a private key was given: give its public half (`openssl pkey -pubout`), \
                           and keep the private one where tokens are signed";
