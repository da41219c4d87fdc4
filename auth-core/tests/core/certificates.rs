//! Certificates: a key and the time in which it may be used, given by hand or published.

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::jwt::VerifierBuilder;
use auth_core::{Algorithm, Environment, Verifier};
use rcgen::{CertificateParams, KeyPair, KeyUsagePurpose, date_time_ymd};
use serde_json::{Value, json};

use crate::builder::problems;
use crate::issuer::{Issuer, Reply};
use crate::minted::{ID, Signed, certificate, pem_text};
use crate::world::{KEYS_URL, verify};
use crate::{AUDIENCE, ISSUER, NOW, code, environment, finish};

/// Midnight on 2027-01-15, the day that the tests' clock shows, since 1970.
const MIDNIGHT: u64 = 1_799_971_200;

/// Good on the one second of midnight, and for a day from then.
fn for_a_moment(params: &mut CertificateParams) {
    (params.not_before, params.not_after) =
        (date_time_ymd(2027, 1, 15), date_time_ymd(2027, 1, 15));
}

fn until_tomorrow(params: &mut CertificateParams) {
    (params.not_before, params.not_after) =
        (date_time_ymd(2027, 1, 15), date_time_ymd(2027, 1, 16));
}

fn expired(params: &mut CertificateParams) {
    (params.not_before, params.not_after) = (date_time_ymd(2025, 1, 1), date_time_ymd(2027, 1, 15));
}

fn from_tomorrow(params: &mut CertificateParams) {
    (params.not_before, params.not_after) = (date_time_ymd(2027, 1, 16), date_time_ymd(2028, 1, 1));
}

/// A certificate as PEM.
fn pem(key: &Signed, change: fn(&mut CertificateParams)) -> String {
    pem_text("CERTIFICATE", &certificate(&key.spki, change))
}

/// A verifier, and the clock that it goes by.
fn build_at(unix: u64, builder: VerifierBuilder) -> (Verifier, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(Duration::from_secs(unix)));
    let environment = environment().with_clock(Arc::<ManualClock>::clone(&clock));
    (build(builder, &environment), clock)
}

fn build(builder: VerifierBuilder, environment: &Environment) -> Verifier {
    builder.issuer(ISSUER).audience(AUDIENCE).build_in(environment).unwrap()
}

/// A token that is good from before midnight on until long after every certificate's end.
fn lasting(algorithm: Algorithm) -> Signed {
    named(algorithm, ID)
}

/// The same with another name for its key.
fn named(algorithm: Algorithm, id: &str) -> Signed {
    let claims = json!({"iss": ISSUER, "aud": AUDIENCE, "sub": "user-1", "exp": NOW + 100_000_000});
    Signed::named(algorithm, id, &claims)
}

#[test]
fn a_certificate_as_its_issuer_wrote_it_is_read() {
    // Nothing of it is replaced, unlike in the certificates of the other tests.
    let pair = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(["issuer.example".to_owned()]).unwrap();
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyCertSign];
    let made = params.self_signed(&pair).unwrap();
    let verifier = finish(Verifier::pem(made.pem()));
    assert_eq!(verifier.algorithms(), [Algorithm::ES256]);
}

#[test]
fn a_certificate_that_has_expired_or_is_not_valid_yet_is_refused() {
    let key = Signed::new(Algorithm::EdDSA);
    let none_now = "no key serves the algorithm EdDSA now: ";
    for (change, reason) in [
        (expired as fn(&mut _), "the certificate expired on 2027-01-15T00:00:00Z"),
        (from_tomorrow, "the certificate is not valid before 2027-01-16T00:00:00Z"),
    ] {
        let der = certificate(&key.spki, change);
        assert_eq!(problems(Verifier::pem(pem(&key, change))), [format!("{none_now}{reason}")]);
        assert_eq!(problems(Verifier::der(der)), [format!("{none_now}{reason}")]);
        assert_eq!(
            problems(Verifier::certificates([(ID, pem(&key, change))])),
            [format!("{none_now}certificate 1: {reason}")]
        );
        let map = json!({ID: pem(&key, change)}).to_string();
        assert_eq!(
            problems(Verifier::certificate_map(map)),
            [format!("{none_now}the certificate `current`: {reason}")]
        );
    }
}

#[tokio::test]
async fn a_certificate_verifies_from_its_first_second_to_its_last() {
    let key = lasting(Algorithm::EdDSA);
    let builder = || Verifier::certificates([(ID, pem(&key, for_a_moment))]);
    let (verifier, clock) = build_at(MIDNIGHT, builder());
    assert_eq!(verify(&verifier, &key.token).await, "ok");
    clock.advance(Duration::from_millis(999));
    assert_eq!(verify(&verifier, &key.token).await, "ok");
    clock.advance(Duration::from_millis(1));
    assert_eq!(verify(&verifier, &key.token).await, "certificate_not_valid");
    for unix in [MIDNIGHT - 1, MIDNIGHT + 1] {
        let clock = Arc::new(ManualClock::at(Duration::from_secs(unix)));
        let built = builder().issuer(ISSUER).audience(AUDIENCE);
        built.build_in(&environment().with_clock(clock)).unwrap_err();
    }
}

#[tokio::test]
async fn a_certificate_that_is_out_of_date_leaves_the_others_alone_until_its_time_comes() {
    let keys = ["today", "next", "old"].map(|id| named(Algorithm::EdDSA, id));
    let [today, next, old] = &keys;
    let rotation = [
        ("today", pem(today, until_tomorrow)),
        ("next", pem(next, from_tomorrow)),
        ("old", pem(old, expired)),
    ];
    let (verifier, clock) = build_at(NOW, Verifier::certificates(rotation));
    let codes = async |expected: [&str; 3]| {
        for (key, expected) in keys.iter().zip(expected) {
            assert_eq!(verify(&verifier, &key.token).await, expected);
        }
    };
    codes(["ok", "certificate_not_valid", "certificate_not_valid"]).await;
    clock.advance(Duration::from_hours(24));
    codes(["certificate_not_valid", "ok", "certificate_not_valid"]).await;
}

#[test]
fn a_token_that_fits_no_certificate_in_force_is_refused_for_its_signature() {
    let (today, old) = (Signed::new(Algorithm::EdDSA), Signed::new(Algorithm::EdDSA));
    let blocks = [pem(&today, until_tomorrow), pem(&old, expired)];
    for pem in [blocks.concat(), [&*blocks[1], &*blocks[0]].concat()] {
        let verifier = finish(Verifier::pem(pem));
        assert_eq!(code(&verifier, &today.token), "ok");
        assert_eq!(code(&verifier, &old.token), "signature_invalid");
    }
}

#[test]
fn a_certificate_for_another_purpose_is_refused() {
    let key = Signed::new(Algorithm::RS256);
    let purposes = |purposes: &[KeyUsagePurpose]| {
        let der = certificate(&key.spki, |params| params.key_usages = purposes.to_vec());
        Verifier::pem(pem_text("CERTIFICATE", &der))
    };
    for other in [
        [KeyUsagePurpose::KeyEncipherment].as_slice(),
        &[KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign],
    ] {
        assert_eq!(
            problems(purposes(other)),
            ["the certificate's key is not for signatures (its key usage says so)"]
        );
    }
    finish(purposes(&[]));
    finish(purposes(&[KeyUsagePurpose::KeyEncipherment, KeyUsagePurpose::DigitalSignature]));
}

#[test]
fn refuses_certificates_under_bad_ids_and_texts_that_are_none() {
    let good = pem(&Signed::new(Algorithm::EdDSA), until_tomorrow);
    let long = "x".repeat(257);
    let two = [good.as_str(), &good].concat();
    let key = pem_text("PUBLIC KEY", &Signed::new(Algorithm::EdDSA).spki);
    let bad_id = "its key id has to have 1 to 256 bytes and no control characters";
    let not_one = "expected one `-----BEGIN CERTIFICATE-----`";
    let builder = Verifier::certificates([
        ("", good.as_str()),
        (&long, &good),
        ("line\nbreak", &good),
        ("good", &good),
        ("good", &good),
        ("two", &two),
        ("key", &key),
    ]);
    let reasons =
        [bad_id, bad_id, bad_id, "its key id is the same as one before it", not_one, not_one];
    let expected = [1, 2, 3, 5, 6, 7].into_iter().zip(reasons);
    let expected: Vec<_> =
        expected.map(|(index, reason)| format!("certificate {index}: {reason}")).collect();
    assert_eq!(problems(builder), expected);
    let none: [(&str, &str); 0] = [];
    let problem = problems(Verifier::certificates(none));
    assert_eq!(problem, ["no certificate is given: no token could pass"]);
}

#[test]
fn refuses_a_certificate_map_that_is_not_one_object_of_texts() {
    let good = json!(pem(&Signed::new(Algorithm::EdDSA), until_tomorrow)).to_string();
    let not_one = "the certificate map is not one JSON object with each member once";
    for (map, problem) in [
        ("[]".to_owned(), not_one),
        ("{".to_owned(), not_one),
        (format!(r#"{{"a":{good},"a":{good}}}"#), not_one),
        ("{}".to_owned(), "the certificate map is empty: no token could pass"),
        (
            format!(r#"{{"a":{good},"b":7}}"#),
            "the certificate `b`: expected a text, `-----BEGIN CERTIFICATE-----`",
        ),
    ] {
        assert_eq!(problems(Verifier::certificate_map(map.as_str())), [problem], "{map:.40}");
    }
}

/// A verifier of published certificates, and the clock that it goes by.
fn remote(map: &Value) -> (Verifier, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
    let issuer = Issuer::new(Reply::new(200, map.to_string()).cached("max-age=3600"));
    let environment = environment().with_http(issuer).with_clock(Arc::<ManualClock>::clone(&clock));
    let builder = Verifier::remote_certificates(KEYS_URL).algorithms([Algorithm::EdDSA]);
    (build(builder, &environment), clock)
}

#[tokio::test]
async fn published_certificates_that_cannot_be_used_are_skipped() {
    let (key, weak) = (lasting(Algorithm::EdDSA), lasting(Algorithm::RS256));
    let (verifier, _) = remote(&json!({
        ID: pem(&key, until_tomorrow),
        "number": 7,
        "list": [pem(&key, until_tomorrow)],
        "broken": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "foreign": pem(&weak, until_tomorrow),
        "": pem(&key, until_tomorrow),
    }));
    assert_eq!(verify(&verifier, &key.token).await, "ok");
    for id in ["number", "list", "broken", "foreign", "unknown"] {
        let token = named(Algorithm::EdDSA, id).token;
        assert_eq!(verify(&verifier, &token).await, "key_not_found", "{id}");
    }
}

#[tokio::test]
async fn a_published_certificate_is_used_no_longer_than_it_holds() {
    let (today, next) = (lasting(Algorithm::EdDSA), named(Algorithm::EdDSA, "next"));
    let (verifier, clock) =
        remote(&json!({ID: pem(&today, until_tomorrow), "next": pem(&next, from_tomorrow)}));
    assert_eq!(verify(&verifier, &today.token).await, "ok");
    assert_eq!(verify(&verifier, &next.token).await, "certificate_not_valid");
    clock.advance(Duration::from_hours(24));
    assert_eq!(verify(&verifier, &today.token).await, "certificate_not_valid");
    assert_eq!(verify(&verifier, &next.token).await, "ok");
}

#[tokio::test]
async fn a_key_set_is_no_certificate_map_and_the_other_way_round() {
    let key = lasting(Algorithm::EdDSA);
    let (verifier, _) = remote(&json!({"keys": [key.jwk()]}));
    assert_eq!(verify(&verifier, &key.token).await, "keys_unavailable");
    let map = json!({ID: pem(&key, until_tomorrow)}).to_string();
    let environment = environment().with_http(Issuer::new(Reply::new(200, map)));
    let builder = Verifier::remote(KEYS_URL).algorithms([Algorithm::EdDSA]);
    assert_eq!(verify(&build(builder, &environment), &key.token).await, "keys_unavailable");
}

#[tokio::test]
async fn a_certificate_map_of_more_keys_than_any_real_one_is_refused() {
    let key = lasting(Algorithm::EdDSA);
    let good = pem(&key, until_tomorrow);
    for (more, expected) in [(99, "ok"), (100, "keys_unavailable")] {
        let mut map: serde_json::Map<_, _> =
            (0..more).map(|index| (index.to_string(), json!(7))).collect();
        map.insert(ID.to_owned(), json!(good));
        let (verifier, _) = remote(&Value::Object(map));
        assert_eq!(verify(&verifier, &key.token).await, expected, "{more}");
    }
}
