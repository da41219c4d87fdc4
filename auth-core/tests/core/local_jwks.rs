//! A key set that was given by hand: what is skipped, what is a mistake, and how tokens name keys.

use auth_core::{Algorithm, Verifier};
use serde_json::{Value, json};

use crate::builder::problems;
use crate::keys::{Pair, b64};
use crate::minted::{ID, Signed};
use crate::{code, finish, good_claims};

/// A key set of these keys.
fn key_set(keys: impl IntoIterator<Item = Value>) -> String {
    json!({"keys": keys.into_iter().collect::<Vec<_>>()}).to_string()
}

/// The key with another member.
fn with(mut jwk: Value, member: &str, value: Value) -> Value {
    jwk[member] = value;
    jwk
}

fn ed25519() -> Value {
    Signed::new(Algorithm::EdDSA).jwk()
}

#[test]
fn private_keys_secrets_and_broken_keys_are_mistakes_all_told_at_once() {
    let strings = |value: &str| json!(value);
    let keys = [
        with(ed25519(), "d", strings(&b64([1; 32]))),
        with(Signed::new(Algorithm::RS256).jwk(), "dp", strings("AAAA")),
        json!({"kty": "oct", "k": b64([1; 64]), "alg": "HS256"}),
        json!({"kty": "oct"}),
        json!("key"),
        json!({"x": "AAAA"}),
        with(ed25519(), "x", strings("AAAA=")),
        with(ed25519(), "x", strings("AAA")),
        with(ed25519(), "kid", json!(7)),
        with(ed25519(), "alg", json!(null)),
        with(ed25519(), "alg", strings("RS256")),
        with(ed25519(), "crv", json!(7)),
    ];
    let private = "it shows its private half: publish public keys, and make a new pair";
    let secret = "it is a shared secret: give it as an `HmacSecret`";
    let reasons = [
        private,
        private,
        secret,
        secret,
        "it is no JSON object",
        "its `kty` is no text",
        "its numbers are not texts of base64url without padding",
        "an Ed25519 key has 32 bytes",
        "its `kid` is no text",
        "its `alg` is no text",
        "its `alg` is not one that a key of its kind serves",
        "its `crv` is no text",
    ];
    let expected: Vec<_> = reasons
        .iter()
        .enumerate()
        .map(|(index, reason)| format!("key {} of the key set: {reason}", index + 1))
        .collect();
    assert_eq!(problems(Verifier::jwks(key_set(keys))), expected);
}

#[test]
fn keys_for_another_purpose_or_of_another_kind_are_skipped_as_in_any_set() {
    let foreign = [
        with(ed25519(), "use", json!("enc")),
        with(ed25519(), "key_ops", json!(["encrypt"])),
        with(ed25519(), "alg", json!("ECDH-ES")),
        with(ed25519(), "crv", json!("X25519")),
        json!({"kty": "EC", "crv": "P-224", "x": "AAAA", "y": "AAAA"}),
        json!({"kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA"}),
        Signed::new(Algorithm::ES256).jwk(),
    ];
    let key = Signed::new(Algorithm::EdDSA);
    let keys = foreign.iter().cloned().chain([key.jwk()]);
    let verifier = finish(Verifier::jwks(key_set(keys)).algorithms([Algorithm::EdDSA]));
    assert_eq!(code(&verifier, &key.token), "ok");
    let unserved = "no key serves the algorithm EdDSA: give one that does, or remove it";
    let only_foreign = Verifier::jwks(key_set(foreign.clone())).algorithms([Algorithm::EdDSA]);
    assert_eq!(problems(only_foreign), [unserved]);
    let none = Verifier::jwks(key_set(foreign.into_iter().take(6)));
    assert_eq!(problems(none), ["there is no key that can be used"]);
}

#[test]
fn a_document_that_is_no_key_set_is_refused() {
    let many = key_set((0..101).map(|_| ed25519()));
    for (document, problem) in [
        ("", "the key set is not JSON"),
        ("{", "the key set is not JSON"),
        ("[]", "the key set has no list of keys"),
        (r#"{"keys": {}}"#, "the key set has no list of keys"),
        (r#"{"keys": []}"#, "there is no key that can be used"),
        (many.as_str(), "the key set has more keys than any real one"),
    ] {
        assert_eq!(problems(Verifier::jwks(document)), [problem], "{document:.40}");
    }
}

#[test]
fn a_key_is_for_the_algorithm_that_it_names() {
    let pss = with(Signed::new(Algorithm::PS256).jwk(), "alg", json!("PS256"));
    let verifier = finish(Verifier::jwks(key_set([pss.clone()])));
    assert_eq!(verifier.algorithms(), [Algorithm::PS256]);
    assert_eq!(code(&verifier, &Signed::new(Algorithm::PS256).token), "ok");
    assert_eq!(code(&verifier, &Signed::new(Algorithm::RS256).token), "algorithm_not_allowed");
    let unserved = "no key serves the algorithm RS256: give one that does, or remove it";
    let both = [Algorithm::PS256, Algorithm::RS256];
    assert_eq!(problems(Verifier::jwks(key_set([pss])).algorithms(both)), [unserved]);
}

#[test]
fn an_algorithm_that_one_key_names_does_not_widen_what_another_does() {
    let pss = with(Signed::new(Algorithm::PS256).jwk(), "alg", json!("PS256"));
    let (rsa, ec) = (with(pss, "kid", json!("rsa")), Signed::new(Algorithm::ES256));
    let verifier = finish(Verifier::jwks(key_set([rsa, ec.jwk()])));
    assert_eq!(verifier.algorithms(), [Algorithm::PS256, Algorithm::ES256]);
    assert_eq!(code(&verifier, &ec.token), "ok");
    // Right for the RSA key, but it names the other one.
    assert_eq!(code(&verifier, &Signed::new(Algorithm::PS256).token), "key_not_found");
}

#[test]
fn a_token_names_its_key_as_it_does_with_a_published_set() {
    let pair = Pair::ours(Algorithm::EdDSA);
    let named = |id| pair.jwk(Algorithm::EdDSA, id);
    let token = |id| pair.sign(Algorithm::EdDSA, id, &good_claims());
    let one = finish(Verifier::jwks(key_set([named("one")])));
    assert_eq!(code(&one, &token(Some("one"))), "ok");
    assert_eq!(code(&one, &token(None)), "ok");
    assert_eq!(code(&one, &token(Some("other"))), "key_not_found");
    let two = finish(Verifier::jwks(key_set([named("one"), named("two")])));
    assert_eq!(code(&two, &token(Some("two"))), "ok");
    assert_eq!(code(&two, &token(None)), "key_not_found");
    let five = ["one", "two", "three", "four", "five"].map(named);
    let five = finish(Verifier::jwks(key_set(five)));
    assert_eq!(code(&five, &token(Some("five"))), "ok");
}

#[test]
fn keys_that_nobody_named_are_all_tried() {
    let nameless = |mut jwk: Value| {
        jwk.as_object_mut().unwrap().remove("kid");
        jwk
    };
    let key = Signed::new(Algorithm::EdDSA);
    let stranger = nameless(Signed::by_a_stranger(Algorithm::EdDSA).jwk());
    let keys = |strangers| {
        let strangers = std::iter::repeat_n(stranger.clone(), strangers);
        Verifier::jwks(key_set(strangers.chain([nameless(key.jwk())])))
    };
    assert_eq!(code(&finish(keys(3)), &key.token), "ok");
    assert_eq!(
        problems(keys(4)),
        ["5 keys without ids serve the algorithm EdDSA: at most 4 are tried, so give them ids"]
    );
    // One name among them, and names count.
    let mixed = key_set([stranger.clone(), nameless(key.jwk()), ed25519()]);
    assert_eq!(code(&finish(Verifier::jwks(mixed)), &key.token), "signature_invalid");
}

#[test]
fn of_several_keys_under_one_id_each_is_tried() {
    let key = Signed::new(Algorithm::EdDSA);
    let stranger = Signed::by_a_stranger(Algorithm::EdDSA);
    let verifier = finish(Verifier::jwks(key_set([stranger.jwk(), key.jwk(), key.jwk()])));
    assert_eq!(code(&verifier, &key.token), "ok");
    let third = Signed::by_a_stranger(Algorithm::EdDSA);
    assert_eq!(code(&verifier, &third.token), "signature_invalid");
}

#[test]
fn keys_of_different_kinds_may_have_one_id() {
    let (rsa, ed25519) = (Signed::new(Algorithm::RS256), Signed::new(Algorithm::EdDSA));
    let verifier = finish(Verifier::jwks(key_set([rsa.jwk(), ed25519.jwk()])));
    assert_eq!(code(&verifier, &rsa.token), "ok");
    assert_eq!(code(&verifier, &ed25519.token), "ok");
}

/// A file of this test run.
fn file(name: &str, content: &[u8]) -> String {
    let path = format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, content).unwrap();
    path
}

#[test]
fn a_key_set_is_read_from_a_file_when_the_verifier_is_built() {
    let key = Signed::new(Algorithm::EdDSA);
    let path = file("keys.json", key_set([key.jwk()]).as_bytes());
    let verifier = finish(Verifier::jwks_file(&path));
    std::fs::write(&path, key_set([])).unwrap();
    assert_eq!(code(&verifier, &key.token), "ok");
    assert_eq!(problems(Verifier::jwks_file(&path)), ["there is no key that can be used"]);
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_its_content_is_not() {
    let (directory, missing) = (env!("CARGO_TARGET_TMPDIR"), "no/such/keys.json");
    let large = file("large.json", &vec![b' '; 256 * 1024 + 1]);
    let binary = file("binary.json", &[0xff, 0xfe]);
    for (path, reason) in [
        (missing, "does not exist"),
        (directory, "is a directory"),
        (&large, "is larger than 256 KiB"),
        (&binary, "is no text in UTF-8"),
    ] {
        let expected = format!("the file `{path}` {reason}");
        assert_eq!(problems(Verifier::jwks_file(path)), [expected]);
    }
    let full = [key_set([ed25519()]).as_bytes(), &vec![b' '; 256 * 1024]].concat();
    finish(Verifier::jwks_file(file("full.json", &full[..256 * 1024])));
    let id = format!("{ID} is no secret");
    assert!(!format!("{:?}", Verifier::jwks(id)).contains(ID));
}
