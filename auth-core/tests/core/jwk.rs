//! Published keys: which of a set may verify, through a verifier that has no others.

use auth_core::{Algorithm, Verifier};
use serde_json::{Value, json};

use crate::issuer::{Issuer, Reply};
use crate::keys::{Pair, b64, unb64};
use crate::minted::Signed;
use crate::world::{KEYS_URL, World, verify};
use crate::{AUDIENCE, ISSUER, NOW, environment, good_claims};

/// The encodings of `y` under which an Ed25519 point has small order: 0, 1 and -1, 0 and 1 again
/// as the prime and the prime plus one, and the two that points of order eight have.
const SMALL_ORDER: [&str; 7] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
];

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// What becomes of a good token when its key is published as this, alone.
async fn verdict(jwk: impl FnOnce(&mut Value)) -> &'static str {
    let world = World::new();
    let mut published = world.key.jwk(Algorithm::EdDSA, "current");
    jwk(&mut published);
    world.issuer.say(Reply::keys([published]));
    world.verify("current").await
}

#[tokio::test]
async fn a_key_that_signs_anything_is_no_key() {
    for (text, sign) in SMALL_ORDER.into_iter().flat_map(|text| [(text, 0), (text, 0x80)]) {
        let mut point = unhex(text);
        point[31] |= sign;
        let verdict = verdict(|jwk| jwk["x"] = json!(b64(&point))).await;
        assert_eq!(verdict, "keys_unavailable", "{text} {sign}");
    }
}

#[tokio::test]
async fn the_signature_that_fits_every_message_under_such_a_key_is_refused() {
    // R is the neutral element and S is zero: right for every message if the key is neutral too.
    let world = World::new();
    let mut neutral = vec![0; 32];
    neutral[0] = 1;
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "kid": "weak", "x": b64(&neutral)});
    world.issuer.say(Reply::keys([world.key.jwk(Algorithm::EdDSA, "current"), jwk]));
    let token = world.token("weak");
    let (input, _) = token.rsplit_once('.').unwrap();
    let forged = format!("{input}.{}", b64([neutral, vec![0; 32]].concat()));
    assert_eq!(verify(&world.verifier, &forged).await, "key_not_found");
}

#[tokio::test]
async fn what_a_key_says_of_itself_narrows_what_it_may_do() {
    for (member, value, expected) in [
        ("use", json!("sig"), "ok"),
        ("use", json!("enc"), "keys_unavailable"),
        ("use", json!(["sig"]), "keys_unavailable"),
        ("key_ops", json!(["sign", "verify"]), "ok"),
        ("key_ops", json!(["encrypt"]), "keys_unavailable"),
        ("key_ops", json!([]), "keys_unavailable"),
        ("key_ops", json!("verify"), "keys_unavailable"),
        ("alg", json!("EdDSA"), "ok"),
        ("alg", json!("Ed25519"), "keys_unavailable"),
        ("alg", json!("RS256"), "keys_unavailable"),
        ("alg", Value::Null, "keys_unavailable"),
        ("crv", json!("X25519"), "keys_unavailable"),
        ("crv", json!("P-256"), "keys_unavailable"),
        ("kty", json!("EC"), "keys_unavailable"),
        ("kty", json!("okp"), "keys_unavailable"),
        ("kid", json!(7), "keys_unavailable"),
        ("x", json!(b64([1; 31])), "keys_unavailable"),
        ("x", json!(b64([1; 33])), "keys_unavailable"),
        ("d", json!(b64([1; 32])), "keys_unavailable"),
        ("k", json!(b64([1; 32])), "keys_unavailable"),
        ("x5c", json!("not read"), "ok"),
    ] {
        let verdict = verdict(|jwk| jwk[member] = value.clone()).await;
        assert_eq!(verdict, expected, "{member} {value}");
    }
}

#[tokio::test]
async fn a_bad_key_leaves_the_others_alone() {
    let world = World::new();
    let good = world.key.jwk(Algorithm::EdDSA, "current");
    let mut unusable = good.clone();
    unusable["x"] = json!("AAAA");
    let strangers = [json!(null), json!("key"), json!({"kty": "RSA"}), unusable];
    world.issuer.say(Reply::keys(strangers.into_iter().chain([good])));
    assert_eq!(world.verify("current").await, "ok");
}

#[tokio::test]
async fn a_key_that_is_not_what_it_says_is_skipped_and_leaves_the_others_alone() {
    let (rsa, ec) = (Signed::new(Algorithm::RS256).jwk(), Signed::new(Algorithm::ES256).jwk());
    let x = unb64(ec["x"].as_str().unwrap());
    let padded = format!("{}==", rsa["n"].as_str().unwrap());
    let zeros = json!(b64([0; 32]));
    for (spoilt, member, value) in [
        (&rsa, "d", json!("AAAA")),
        (&rsa, "p", json!("AAAA")),
        (&rsa, "k", json!("AAAA")),
        (&rsa, "e", json!("AQ")),
        (&rsa, "n", json!(padded)),
        (&rsa, "n", json!(b64([0xff; 128]))),
        (&rsa, "kty", json!("EC")),
        (&rsa, "alg", json!("ES256")),
        (&ec, "alg", json!("ES384")),
        (&ec, "crv", json!("P-384")),
        (&ec, "crv", json!("secp256k1")),
        (&ec, "x", zeros.clone()),
        (&ec, "y", zeros),
        (&ec, "x", json!(b64(&x[1..]))),
        (&ec, "x", json!(b64([&[0], x.as_slice()].concat()))),
        (&ec, "kty", json!("RSA")),
        (&ec, "kty", json!("oct")),
    ] {
        let mut jwk = spoilt.clone();
        jwk[member] = value;
        jwk["kid"] = json!("spoilt");
        let world = World::new();
        let good = world.key.jwk(Algorithm::EdDSA, "current");
        let issuer = Issuer::new(Reply::keys([jwk.clone(), good]));
        let all = [Algorithm::RS256, Algorithm::ES256, Algorithm::ES384, Algorithm::ES256K];
        let verifier = Verifier::remote(KEYS_URL)
            .algorithms(all.into_iter().chain([Algorithm::EdDSA]))
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .build_in(&environment().with_http(issuer))
            .unwrap();
        for algorithm in [Algorithm::RS256, Algorithm::ES256] {
            let token = Signed::named(algorithm, "spoilt", &good_claims()).token;
            assert_eq!(verify(&verifier, &token).await, "key_not_found", "{jwk}");
        }
        assert_eq!(verify(&verifier, &world.token("current")).await, "ok", "{jwk}");
    }
}

#[tokio::test]
async fn of_several_keys_under_one_id_four_are_tried() {
    let stranger = || Pair::stranger(Algorithm::EdDSA).jwk(Algorithm::EdDSA, "current");
    for (strangers, expected) in [(0, "ok"), (3, "ok"), (4, "signature_invalid")] {
        let world = World::new();
        let good = world.key.jwk(Algorithm::EdDSA, "current");
        world.issuer.say(Reply::keys((0..strangers).map(|_| stranger()).chain([good])));
        assert_eq!(world.verify("current").await, expected, "{strangers}");
    }
}

#[tokio::test]
async fn a_token_that_names_no_key_is_verified_only_if_there_is_one() {
    let world = World::new();
    let mut claims = good_claims();
    claims["exp"] = json!(NOW + 10_000);
    let token = world.key.sign(Algorithm::EdDSA, None, &claims);
    assert_eq!(verify(&world.verifier, &token).await, "ok");
    let both = ["current", "next"].map(|id| world.key.jwk(Algorithm::EdDSA, id));
    world.issuer.say(Reply::keys(both));
    world.wait(600);
    assert_eq!(verify(&world.verifier, &token).await, "key_not_found");
}

#[tokio::test]
async fn a_leading_zero_in_an_rsa_modulus_is_read_over() {
    let pair = Pair::ours(Algorithm::RS256);
    let mut jwk = pair.jwk(Algorithm::RS256, "current");
    let modulus = unb64(jwk["n"].as_str().unwrap());
    jwk["n"] = json!(b64([vec![0], modulus].concat()));
    let environment = environment().with_http(Issuer::new(Reply::keys([jwk])));
    let verifier = Verifier::remote(KEYS_URL)
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .build_in(&environment)
        .unwrap();
    let token = pair.sign(Algorithm::RS256, Some("current"), &good_claims());
    assert_eq!(verify(&verifier, &token).await, "ok");
}
