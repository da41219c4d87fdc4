//! Public keys in DER in, a checked [`PublicKey`] out.
//!
//! `SubjectPublicKeyInfo` (RFC 5280, section 4.1.2.7; RFC 3279, RFC 5480, RFC 8410) and the older
//! `RSAPublicKey` (RFC 8017, appendix A.1.1). DER has one spelling, and nothing may follow it. An
//! elliptic curve is named, never described: whoever describes a curve chooses the key.
//! Next: `public_key`.

use x509_cert::der::asn1::{AnyRef, ObjectIdentifier, UintRef};
use x509_cert::der::{self, Decode, Reader, SliceReader};
use x509_cert::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};

use super::public_key::{Curve, KeyProblem, PublicKey};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ELLIPTIC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const CURVES: [(ObjectIdentifier, Curve); 4] = [
    (ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7"), Curve::P256),
    (ObjectIdentifier::new_unwrap("1.3.132.0.34"), Curve::P384),
    (ObjectIdentifier::new_unwrap("1.3.132.0.35"), Curve::P521),
    (ObjectIdentifier::new_unwrap("1.3.132.0.10"), Curve::Secp256k1),
];

const UNKNOWN_KIND: KeyProblem = "the public key is of no kind that is supported: use RSA, P-256, \
                                  P-384, P-521, secp256k1 or Ed25519";

/// A key as `SubjectPublicKeyInfo`.
pub(super) fn public_key(der: &[u8]) -> Result<PublicKey, KeyProblem> {
    let info = SubjectPublicKeyInfoRef::from_der(der)
        .map_err(|_| "the public key is no `SubjectPublicKeyInfo` in DER")?;
    from_info(&info)
}

/// The key in a `SubjectPublicKeyInfo` that was read already.
pub(super) fn from_info(info: &SubjectPublicKeyInfoRef<'_>) -> Result<PublicKey, KeyProblem> {
    let bits = info.subject_public_key.as_bytes().ok_or("the public key is cut within a byte")?;
    match info.algorithm.oid {
        RSA if info.algorithm.parameters.is_some_and(AnyRef::is_null) => rsa_public_key(bits),
        ELLIPTIC => PublicKey::elliptic(named_curve(&info.algorithm)?, bits),
        ED25519 if info.algorithm.parameters.is_none() => PublicKey::ed25519(bits),
        _ => Err(UNKNOWN_KIND),
    }
}

/// A key as `RSAPublicKey`.
pub(super) fn rsa_public_key(der: &[u8]) -> Result<PublicKey, KeyProblem> {
    let (n, e) = rsa_numbers(der).map_err(|_| "the RSA key is no `RSAPublicKey` in DER")?;
    PublicKey::rsa(n.as_bytes(), e.as_bytes())
}

/// Whether this is a private key in any of its usual forms (RFC 5958, RFC 8017, RFC 5915): they
/// begin with a small version number, where public keys and certificates have none.
pub(super) fn is_private_key(der: &[u8]) -> bool {
    let begins_with_version = |mut reader: SliceReader<'_>| {
        reader.sequence(|members| {
            u8::decode(members)?;
            members.read_slice(members.remaining_len()).map(|_| ())
        })
    };
    SliceReader::new(der).and_then(begins_with_version).is_ok()
}

fn named_curve(algorithm: &AlgorithmIdentifierRef<'_>) -> Result<Curve, KeyProblem> {
    let oid = algorithm.parameters_oid().map_err(|_| UNKNOWN_KIND)?;
    let known = CURVES.into_iter().find(|(known, _)| *known == oid);
    known.map(|(_, curve)| curve).ok_or(UNKNOWN_KIND)
}

fn rsa_numbers(der: &[u8]) -> der::Result<(UintRef<'_>, UintRef<'_>)> {
    let mut reader = SliceReader::new(der)?;
    let numbers = reader.sequence(|members| {
        Ok::<_, der::Error>((UintRef::decode(members)?, UintRef::decode(members)?))
    })?;
    reader.finish()?;
    Ok(numbers)
}
