//! Shared secrets: several at once, and the ways in which one is written down.

use auth_core::config::ValueError;
use auth_core::{Algorithm, HmacSecret, Verifier};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use jsonwebtoken::{EncodingKey, Header};

use crate::builder::problems;
use crate::keys::{SECRET, SYMMETRIC, mac, theirs};
use crate::{code, finish, good_claims};

/// Bytes that are no text, with both characters in which the alphabets of base64 differ.
fn bytes() -> Vec<u8> {
    let start = [0xfb, 0xff, 0xbf, 0x00];
    start.into_iter().chain(0x80..0xbd).collect()
}

/// Four different secrets that are long enough for everything.
fn texts() -> [String; 4] {
    ["a", "b", "c", "d"].map(|first| format!("{first}{SECRET}"))
}

fn secrets(texts: &[String]) -> Vec<HmacSecret> {
    texts.iter().map(|text| HmacSecret::parse(text).unwrap()).collect()
}

/// Pairs of digits in lower case.
fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// What a secret's text is refused for.
fn complaint(read: Result<HmacSecret, ValueError>) -> String {
    read.map_or_else(|error| error.to_string(), |_| "nothing".to_owned())
}

#[test]
fn every_secret_of_a_rotation_verifies_and_no_other_does() {
    let texts = texts();
    for count in 1..=4 {
        let verifier = finish(Verifier::hmac_any(&secrets(&texts[..count])).algorithms(SYMMETRIC));
        for algorithm in SYMMETRIC {
            for (index, text) in texts.iter().enumerate() {
                let expected = if index < count { "ok" } else { "signature_invalid" };
                let token = mac(algorithm, text, &good_claims());
                assert_eq!(code(&verifier, &token), expected, "{index} of {count} {algorithm}");
            }
        }
    }
}

#[test]
fn a_rotation_has_one_to_four_secrets_that_differ() {
    let mut texts = texts().to_vec();
    assert_eq!(
        problems(Verifier::hmac_any(&secrets(&[]))),
        ["no secret is given: no token could pass"]
    );
    texts.push(format!("e{SECRET}"));
    let five = problems(Verifier::hmac_any(&secrets(&texts)));
    assert_eq!(five, ["5 secrets are given: keep the newest 4 at most"]);
    texts.truncate(2);
    texts.push(texts[0].clone());
    let twice = problems(Verifier::hmac_any(&secrets(&texts)));
    assert_eq!(twice, ["secret 3: it is the same as one before it"]);
}

#[test]
fn a_secret_that_is_too_short_is_named_by_its_place() {
    let texts = [48, 64, 63, 47].map(|length| format!("{length}{}", &SECRET[2..length]));
    let builder = || Verifier::hmac_any(&secrets(&texts));
    assert_eq!(
        problems(builder().algorithms([Algorithm::HS512, Algorithm::HS384])),
        [
            "secret 1: HS512 needs a secret of at least 64 bytes",
            "secret 3: HS512 needs a secret of at least 64 bytes",
            "secret 4: HS384 needs a secret of at least 48 bytes",
            "secret 4: HS512 needs a secret of at least 64 bytes",
        ]
    );
    finish(builder());
}

#[test]
fn a_secret_is_read_in_the_form_that_is_said() {
    let bytes = bytes();
    let header = Header::new(theirs(Algorithm::HS256));
    let key = EncodingKey::from_secret(&bytes);
    let token = jsonwebtoken::encode(&header, &good_claims(), &key).unwrap();
    let hex = hex(&bytes);
    for (form, read) in [
        ("bytes", HmacSecret::from_bytes(&bytes)),
        ("base64", HmacSecret::from_base64(&STANDARD.encode(&bytes))),
        ("base64url", HmacSecret::from_base64url(&URL_SAFE_NO_PAD.encode(&bytes))),
        ("hex", HmacSecret::from_hex(&hex)),
        ("HEX", HmacSecret::from_hex(&hex.to_uppercase())),
    ] {
        let verifier = finish(Verifier::hmac(&read.unwrap()));
        assert_eq!(code(&verifier, &token), "ok", "{form}");
    }
}

#[test]
fn a_secret_in_another_form_than_the_one_said_is_refused_and_not_quoted() {
    let bytes = bytes();
    let (base64, base64url) = (STANDARD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes));
    assert!(base64.contains('+') && base64.contains('/') && base64.ends_with('='));
    let expected = "expected base64 with `+`, `/` and padding (RFC 4648, section 4), on one line";
    for text in
        [&base64url, &URL_SAFE.encode(&bytes), base64.trim_end_matches('='), &format!("{base64}\n")]
    {
        assert_eq!(complaint(HmacSecret::from_base64(text)), expected);
    }
    let expected = "expected base64url with `-`, `_` and no padding (RFC 7515, section 2)";
    for text in [&base64, &URL_SAFE.encode(&bytes), &format!(" {base64url}")] {
        assert_eq!(complaint(HmacSecret::from_base64url(text)), expected);
    }
    // The last character has bits to spare: another one there would be a second spelling.
    let (start, _) = base64url.split_at(base64url.len() - 1);
    assert_eq!(complaint(HmacSecret::from_base64url(&format!("{start}_"))), expected);
    let expected = "expected hexadecimal digits, an even number of them, and nothing else";
    for text in ["0x00ff", "0", "gg", " 00", "00:ff", "+1", "é"] {
        assert_eq!(complaint(HmacSecret::from_hex(text)), expected, "{text}");
    }
}

#[test]
fn what_is_decoded_has_to_be_a_secret_as_well() {
    let short = "expected at least 32 bytes of secret, found 31: make one with `openssl rand \
                 -base64 48`";
    let bytes = &bytes()[..31];
    let hex = hex(bytes);
    for read in [
        HmacSecret::from_base64(&STANDARD.encode(bytes)),
        HmacSecret::from_base64url(&URL_SAFE_NO_PAD.encode(bytes)),
        HmacSecret::from_hex(&hex),
    ] {
        assert_eq!(complaint(read), short);
    }
    let spki = crate::minted::Signed::new(Algorithm::EdDSA).spki;
    let public = complaint(HmacSecret::from_base64(&STANDARD.encode(spki)));
    assert!(public.starts_with("expected a shared secret, found a public key"), "{public}");
}
