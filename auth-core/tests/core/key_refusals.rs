//! Keys that are refused when a verifier is built, alike in every form, each with its sentence.

use auth_core::jwt::VerifierBuilder;
use auth_core::{Algorithm, Verifier};
use serde_json::json;

use crate::builder::problems;
use crate::keys::{Pair, b64};
use crate::minted::{
    ID, Signed, certificate, integer, pem_text, rsa_numbers, sequence, spki, tagged,
};

/// Object identifiers in DER.
const RSA: &[u8] = &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const NULL: &[u8] = &[5, 0];
const ELLIPTIC: &[u8] = &[6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const P256: &[u8] = &[6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const P224: &[u8] = &[6, 5, 0x2b, 0x81, 4, 0, 33];
const X25519: &[u8] = &[6, 3, 0x2b, 0x65, 110];
const ED25519: &[u8] = &[6, 3, 0x2b, 0x65, 112];

const SIZE: &str = "the RSA key has to have 2048 to 8192 bits";
const EXPONENT: &str = "the RSA key's exponent has to be odd, at least 3, and at most 32 bits";
const KIND: &str = "the public key is of no kind that is supported: use RSA, P-256, P-384, P-521, \
                    secp256k1 or Ed25519";
const NO_INFO: &str = "the public key is no `SubjectPublicKeyInfo` in DER";
const PRIVATE: &str = "a private key was given: give its public half (`openssl pkey -pubout`), \
                       and keep the private one where tokens are signed";

/// A `SubjectPublicKeyInfo` in the forms that hold one, and what is said before the reason.
fn forms(spki: &[u8]) -> [(VerifierBuilder, &'static str); 5] {
    let certificate = certificate(spki, |_| {});
    let pem = pem_text("CERTIFICATE", &certificate);
    [
        (Verifier::pem(pem_text("PUBLIC KEY", spki)), ""),
        (Verifier::der(spki), ""),
        (Verifier::der(certificate), ""),
        (Verifier::certificates([(ID, pem.clone())]), "certificate 1: "),
        (Verifier::certificate_map(json!({ID: pem}).to_string()), "the certificate `current`: "),
    ]
}

/// An RSA key of these numbers.
fn rsa(n: &[u8], e: &[u8]) -> Vec<u8> {
    spki(&[RSA, NULL], &sequence(&[&integer(n), &integer(e)]))
}

fn assert_refused_in_every_form(spki: &[u8], reason: &str) {
    for (builder, name) in forms(spki) {
        assert_eq!(problems(builder), [format!("{name}{reason}")]);
    }
}

#[test]
fn refuses_rsa_numbers_that_are_unsafe_in_every_form() {
    let [n, e] = rsa_numbers(&Signed::new(Algorithm::RS256).rsa_public_key());
    assert_eq!(n.len(), 256);
    let (short, even) = ([&[0x7f], &n[1..]].concat(), [&n[..255], &[n[255] & 0xfe]].concat());
    let long = [vec![1], vec![0xff; 1024]].concat();
    for (n, e, reason) in [
        (short.as_slice(), e.as_slice(), SIZE),
        (&n[..128], &e, SIZE),
        (&long, &e, SIZE),
        (&even, &e, SIZE),
        (&n, &[1], EXPONENT),
        (&n, &[2], EXPONENT),
        (&n, &[1, 0, 0], EXPONENT),
        (&n, &[1, 0, 0, 0, 1], EXPONENT),
    ] {
        assert_refused_in_every_form(&rsa(n, e), reason);
        let old = pem_text("RSA PUBLIC KEY", &sequence(&[&integer(n), &integer(e)]));
        assert_eq!(problems(Verifier::pem(old)), [reason]);
        let jwk = json!({"keys": [{"kty": "RSA", "n": b64(n), "e": b64(e)}]});
        let jwks = Verifier::jwks(jwk.to_string());
        assert_eq!(problems(jwks), [format!("key 1 of the key set: {reason}")]);
    }
    // What is refused above is refused for the numbers, not for how they are written here.
    crate::finish(Verifier::der(rsa(&n, &e)));
    crate::finish(Verifier::der(rsa(&n, &[3])));
    crate::finish(Verifier::der(rsa(&[0xff; 1024], &e)));
}

#[test]
fn refuses_points_that_are_no_keys_in_every_form() {
    let key = Signed::new(Algorithm::ES256);
    let good = key.spki.last_chunk::<65>().unwrap().to_vec();
    let off_curve = [&good[..64], &[good[64] ^ 1]].concat();
    let compressed = [&[2], &good[1..33]].concat();
    let off = "the key's point is not on its curve";
    let length = "the key's coordinates do not have the length of its curve";
    for (point, reason) in [
        (off_curve.as_slice(), off),
        (&[vec![4], vec![0; 64]].concat(), off),
        (&good[..64], length),
        (&[&good[..], &[0]].concat(), length),
        (&compressed, "the key's point is compressed: write it uncompressed"),
        (&[0], "the key's point is compressed: write it uncompressed"),
    ] {
        assert_refused_in_every_form(&spki(&[ELLIPTIC, P256], point), reason);
    }
    for (x, y, reason) in [
        (&good[1..33], &off_curve[33..], off),
        (&good[1..32], &good[32..], length),
        (&good[1..34], &good[34..], length),
    ] {
        let jwk = json!({"kty": "EC", "crv": "P-256", "x": b64(x), "y": b64(y)});
        let jwks = Verifier::jwks(json!({"keys": [jwk]}).to_string());
        assert_eq!(problems(jwks), [format!("key 1 of the key set: {reason}")]);
    }
    crate::finish(Verifier::der(spki(&[ELLIPTIC, P256], &good)));
}

#[test]
fn refuses_ed25519_keys_that_anybody_can_sign_for_in_every_form() {
    let weak = "the Ed25519 key is a point of small order: anybody can sign for it";
    let mut neutral = vec![0; 32];
    neutral[0] = 1;
    for point in [vec![0; 32], neutral] {
        assert_refused_in_every_form(&spki(&[ED25519], &point), weak);
    }
    assert_refused_in_every_form(&spki(&[ED25519], &[7; 31]), "an Ed25519 key has 32 bytes");
}

#[test]
fn refuses_keys_of_a_kind_that_nobody_verifies_with() {
    let point = Signed::new(Algorithm::ES256).spki.last_chunk::<65>().unwrap().to_vec();
    let numbers = Signed::new(Algorithm::RS256).rsa_public_key();
    // A curve that describes itself, here by nothing but a version, is whoever wrote it's choice.
    let described = sequence(&[&integer(&[1])]);
    for (algorithm, key) in [
        (vec![ELLIPTIC, P224], point.as_slice()),
        (vec![ELLIPTIC, &described], &point),
        (vec![ELLIPTIC], &point),
        (vec![X25519], &[7; 32]),
        (vec![ED25519, NULL], &[7; 32]),
        (vec![RSA], &numbers),
        (vec![P256], &point),
    ] {
        assert_refused_in_every_form(&spki(&algorithm, key), KIND);
    }
}

#[test]
fn refuses_der_with_more_or_less_than_a_key() {
    let good = Signed::new(Algorithm::EdDSA).spki;
    let uneven =
        sequence(&[&sequence(&[ED25519]), &tagged(3, &[&[4], [7; 32].as_slice()].concat())]);
    for der in [[&good[..], &[0]].concat(), good[..43].to_vec(), Vec::new(), vec![0x30, 0x80]] {
        assert_eq!(problems(Verifier::der(der.clone())), [NO_INFO]);
        assert_eq!(problems(Verifier::pem(pem_text("PUBLIC KEY", &der))), [NO_INFO]);
    }
    assert_eq!(problems(Verifier::der(uneven)).len(), 1);
    // The same length in three bytes is BER, and a second spelling.
    let ber = [&[0x30, 0x81, 0x2a], &good[2..]].concat();
    assert_eq!(problems(Verifier::der(ber)), [NO_INFO]);
    let rsa = [&Signed::new(Algorithm::RS256).rsa_public_key()[..], &[0]].concat();
    for der in [good, rsa] {
        let old = pem_text("RSA PUBLIC KEY", &der);
        assert_eq!(problems(Verifier::pem(old)), ["the RSA key is no `RSAPublicKey` in DER"]);
    }
}

#[test]
fn refuses_private_keys_and_says_nothing_of_them() {
    let pair = rcgen::KeyPair::generate().unwrap();
    let der = pair.serialized_der();
    for tag in ["PRIVATE", "RSA PRIVATE", "EC PRIVATE", "ENCRYPTED PRIVATE", "OPENSSH PRIVATE"] {
        let private = pem_text(&format!("{tag} KEY"), der);
        let builder = Verifier::pem(private.clone());
        let debug = format!("{builder:?}");
        assert!(debug.contains("Pem") && !debug.contains("BEGIN"), "{debug}");
        assert_eq!(problems(builder), [PRIVATE]);
        let beside = [Pair::ours(Algorithm::EdDSA).pem(), &private].concat();
        assert_eq!(problems(Verifier::pem(beside)), [format!("PEM block 2: {PRIVATE}")]);
        let certificates = Verifier::certificates([(ID, private)]);
        assert_eq!(problems(certificates), [format!("certificate 1: {PRIVATE}")]);
    }
    let sec1 = sequence(&[&integer(&[1]), &tagged(4, &[7; 32])]);
    let pkcs1 = sequence(&[&integer(&[0]), &integer(&[0x7f; 256]), &integer(&[3])]);
    for der in [der, sec1.as_slice(), &pkcs1] {
        assert_eq!(problems(Verifier::der(der)), [PRIVATE]);
    }
}

#[test]
fn refuses_pem_that_is_not_all_keys() {
    let good = Pair::ours(Algorithm::EdDSA).pem().to_owned();
    let not_pem = "the public key is not PEM: expected `-----BEGIN PUBLIC KEY-----`";
    for text in ["", "0f1e2d3c", "-----BEGIN PUBLIC KEY-----", &good.replace("PUBLIC KEY", "")] {
        assert_eq!(problems(Verifier::pem(text)), [not_pem], "{text}");
    }
    let cut_off = "the PEM has a block that cannot be read: is it cut off?";
    let (start, _) = good.split_at(60);
    assert_eq!(problems(Verifier::pem([&good, start].concat())), [cut_off]);
    for tag in ["CERTIFICATE REQUEST", "EC PARAMETERS", "PGP PUBLIC KEY BLOCK"] {
        let found = problems(Verifier::pem(pem_text(tag, &[0x30, 0])));
        assert_eq!(
            found,
            [format!(
                "the PEM holds a `{tag}`: expected a `PUBLIC KEY`, as `openssl pkey -pubout` \
                 writes it, an `RSA PUBLIC KEY` or a `CERTIFICATE`"
            )]
        );
    }
}

#[test]
fn reports_every_bad_block_at_once() {
    let [n, _] = rsa_numbers(&Signed::new(Algorithm::RS256).rsa_public_key());
    let blocks = [
        pem_text("PUBLIC KEY", &rsa(&n, &[1])),
        Pair::ours(Algorithm::ES256).pem().to_owned(),
        pem_text("PUBLIC KEY", &[0x30, 0]),
        pem_text("CERTIFICATE", &[0x30, 0]),
    ];
    assert_eq!(
        problems(Verifier::pem(blocks.concat())),
        [
            format!("PEM block 1: {EXPONENT}"),
            format!("PEM block 3: {NO_INFO}"),
            "PEM block 4: the certificate is no X.509 certificate in DER".to_owned(),
        ]
    );
}

#[test]
fn refuses_a_key_that_serves_nothing_and_an_algorithm_that_nothing_serves() {
    let blocks = [Pair::ours(Algorithm::RS256).pem(), Pair::ours(Algorithm::ES256).pem()].concat();
    let idle = "PEM block 2: the P-256 key serves none of the algorithms RS256, PS256: add one \
                that it serves, or remove the key";
    let builder = || Verifier::pem(blocks.clone());
    assert_eq!(problems(builder().algorithms([Algorithm::RS256, Algorithm::PS256])), [idle]);
    let unserved = "no key serves the algorithm EdDSA: give one that does, or remove it";
    let asked = [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA];
    assert_eq!(problems(builder().algorithms(asked)), [unserved]);
    let koblitz = Verifier::der(Signed::new(Algorithm::ES256K).spki);
    assert_eq!(
        problems(koblitz),
        ["a secp256k1 key is used only if it is asked for: call `.algorithms(..)`"]
    );
}

#[test]
fn refuses_more_keys_without_ids_than_are_tried() {
    let keys = |count: usize| {
        let blocks = (0..count).map(|_| Pair::ours(Algorithm::EdDSA).pem().to_owned());
        Verifier::pem(blocks.collect::<String>())
    };
    crate::finish(keys(4));
    assert_eq!(
        problems(keys(5)),
        ["5 keys without ids serve the algorithm EdDSA: at most 4 are tried, so give them ids"]
    );
}
