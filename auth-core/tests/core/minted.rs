//! Certificates and other DER, made on the spot: a public key in, a certificate of it out.
//!
//! rcgen makes the certificate for a key of its own; the key that a test is about then takes its
//! place, since rcgen knows neither secp256k1 nor keys that are too weak. Who signed a certificate
//! is nothing that we look at.

use auth_core::Algorithm;
use rcgen::{CertificateParams, KeyPair, PublicKeyData as _};
use serde_json::{Value, json};

use crate::good_claims;
use crate::keys::{BY_HAND, Pair, b64, by_hand_under};

/// The id of every key that has one.
pub(crate) const ID: &str = "current";

/// A public key, and a token that its private half signed.
pub(crate) struct Signed {
    pub(crate) algorithm: Algorithm,
    pub(crate) spki: Vec<u8>,
    pub(crate) token: String,
}

impl Signed {
    /// A good token that calls its key [`ID`].
    pub(crate) fn new(algorithm: Algorithm) -> Self {
        Self::named(algorithm, ID, &good_claims())
    }

    /// The same over these claims, under another name of the key. RSA keys are all one.
    pub(crate) fn named(algorithm: Algorithm, id: &str, claims: &Value) -> Self {
        Self::of(algorithm, &Pair::ours(algorithm), id, claims)
    }

    /// A good token under a key that nobody else has.
    pub(crate) fn by_a_stranger(algorithm: Algorithm) -> Self {
        Self::of(algorithm, &Pair::stranger(algorithm), ID, &good_claims())
    }

    fn of(algorithm: Algorithm, pair: &Pair, id: &str, claims: &Value) -> Self {
        if BY_HAND.contains(&algorithm) {
            let header = json!({"alg": algorithm.name(), "kid": id});
            let (spki, token) = by_hand_under(algorithm, &header, claims);
            return Self { algorithm, spki, token };
        }
        let spki = pem::parse(pair.pem()).unwrap().into_contents();
        Self { algorithm, spki, token: pair.sign(algorithm, Some(id), claims) }
    }

    /// The key as a JSON Web Key, written from its DER.
    pub(crate) fn jwk(&self) -> Value {
        let ec = |crv: &str, size: usize| {
            let (x, y) = self.spki[self.spki.len() - 2 * size..].split_at(size);
            json!({"kty": "EC", "crv": crv, "kid": ID, "x": b64(x), "y": b64(y)})
        };
        match self.algorithm {
            Algorithm::ES256 => ec("P-256", 32),
            Algorithm::ES384 => ec("P-384", 48),
            Algorithm::ES512 => ec("P-521", 66),
            Algorithm::ES256K => ec("secp256k1", 32),
            Algorithm::EdDSA | Algorithm::Ed25519 => {
                let point = self.spki.last_chunk::<32>().unwrap();
                json!({"kty": "OKP", "crv": "Ed25519", "kid": ID, "x": b64(point)})
            }
            _ => {
                let [n, e] = rsa_numbers(&self.rsa_public_key());
                json!({"kty": "RSA", "kid": ID, "n": b64(n), "e": b64(e)})
            }
        }
    }

    /// An RSA key as `RSAPublicKey`.
    pub(crate) fn rsa_public_key(&self) -> Vec<u8> {
        let (content, _) = element(&self.spki);
        let (_, bits) = element(content);
        element(bits).0[1..].to_vec()
    }

    /// A certificate of the key, good from 1975 to 4096.
    pub(crate) fn certificate(&self) -> Vec<u8> {
        certificate(&self.spki, |_| {})
    }
}

/// A certificate of a key, with parameters changed before it is signed.
pub(crate) fn certificate(spki: &[u8], change: impl FnOnce(&mut CertificateParams)) -> Vec<u8> {
    let pair = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(["issuer.example".to_owned()]).unwrap();
    change(&mut params);
    let made = params.self_signed(&pair).unwrap();
    let (content, _) = element(made.der());
    let (signed, unsigned) = element(content);
    let own = pair.subject_public_key_info();
    let at = signed.windows(own.len()).position(|window| window == own).unwrap();
    let signed = [&signed[..at], spki, &signed[at + own.len()..]].concat();
    sequence(&[&sequence(&[&signed]), unsigned])
}

/// A DER sequence of these elements.
pub(crate) fn sequence(elements: &[&[u8]]) -> Vec<u8> {
    tagged(0x30, &elements.concat())
}

/// A DER element.
pub(crate) fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    let header = match length {
        [0, short] if short < 0x80 => vec![tag, short],
        [0, byte] => vec![tag, 0x81, byte],
        [high, low] => vec![tag, 0x82, high, low],
    };
    [header.as_slice(), content].concat()
}

/// A `SubjectPublicKeyInfo` of an algorithm's DER and a key's bytes.
pub(crate) fn spki(algorithm: &[&[u8]], key: &[u8]) -> Vec<u8> {
    sequence(&[&sequence(algorithm), &tagged(3, &[&[0], key].concat())])
}

/// A positive DER integer.
pub(crate) fn integer(number: &[u8]) -> Vec<u8> {
    let sign: &[u8] = if number[0] < 0x80 { &[] } else { &[0] };
    tagged(2, &[sign, number].concat())
}

/// One text block.
pub(crate) fn pem_text(tag: &str, der: &[u8]) -> String {
    pem::encode(&pem::Pem::new(tag, der))
}

/// Modulus and exponent of an `RSAPublicKey`, without the zero that keeps them positive.
pub(crate) fn rsa_numbers(der: &[u8]) -> [Vec<u8>; 2] {
    let (numbers, _) = element(der);
    let (n, rest) = element(numbers);
    let (e, _) = element(rest);
    [n, e].map(|number| number.strip_prefix(&[0]).unwrap_or(number).to_vec())
}

/// The content of the first element, and what follows it.
fn element(der: &[u8]) -> (&[u8], &[u8]) {
    let (start, length) = match der[1] {
        0x81 => (3, usize::from(der[2])),
        0x82 => (4, usize::from(der[2]) << 8 | usize::from(der[3])),
        short => (2, usize::from(short)),
    };
    der[start..].split_at(length)
}
