//! The form of proofs of possession (RFC 9449, section 4.2): whatever is not of it is refused.

use auth_core::Algorithm;
use serde_json::{Value, json};

use crate::dpop::{changed, with_claim, without_claim};
use crate::holder::{Holder, code_of, required, sha256, strict, token_with, verifier};
use crate::keys::{Pair, b64};

#[test]
fn a_proof_is_of_its_own_type() {
    for typ in [json!("JWT"), json!("at+jwt"), json!("dpop"), json!(null), json!(1), json!("DPOP")]
    {
        let found = changed(|draft| draft.header["typ"] = typ.clone());
        assert_eq!(found, "proof_malformed", "{typ}");
    }
    let found = changed(|draft| drop(draft.header.as_object_mut().unwrap().remove("typ")));
    assert_eq!(found, "proof_malformed");
}

#[test]
fn a_proof_is_signed_with_an_algorithm_of_the_list() {
    for name in ["none", "None", "HS256", "RS256", "ES384", "es256", "", "EdDSA"] {
        let found = changed(|draft| draft.header["alg"] = json!(name));
        assert_eq!(found, "proof_malformed", "{name}");
    }
    let holder = Holder::new();
    let token = holder.token();
    let (other, _) = verifier(|builder| builder.dpop(required().algorithms([Algorithm::EdDSA])));
    assert_eq!(code_of(&other, &token, &holder.proof(&token)), "proof_malformed");
    assert_eq!(other.proof_algorithms(), [Algorithm::EdDSA]);
}

#[test]
fn a_proof_brings_one_public_key() {
    let add =
        |name: &'static str, value: Value| changed(move |draft| draft.header["jwk"][name] = value);
    for private in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
        assert_eq!(add(private, json!("AA")), "proof_malformed", "{private}");
    }
    assert_eq!(add("use", json!("enc")), "proof_malformed");
    assert_eq!(add("alg", json!("ES384")), "proof_malformed");
    assert_eq!(add("kid", json!("mine")), "ok");
    for jwk in [
        json!(null),
        json!("key"),
        json!([]),
        json!({}),
        json!({"kty": "oct", "k": b64([1; 32])}),
        json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": 1}),
    ] {
        let found = changed(|draft| draft.header["jwk"] = jwk.clone());
        assert_eq!(found, "proof_malformed", "{jwk}");
    }
    let found = changed(|draft| drop(draft.header.as_object_mut().unwrap().remove("jwk")));
    assert_eq!(found, "proof_malformed");
}

#[test]
fn a_header_that_is_not_understood_is_refused() {
    for (name, value) in [
        ("crit", json!(["exp"])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("enc", json!("A128GCM")),
    ] {
        let found = changed(|draft| draft.header[name] = value);
        assert_eq!(found, "proof_malformed", "{name}");
    }
    let many = changed(|draft| (0..40).for_each(|i| draft.header[format!("x{i}")] = json!(1)));
    assert_eq!(many, "proof_malformed");
}

#[test]
fn what_readers_disagree_about_is_refused() {
    let holder = Holder::new();
    let token = holder.token();
    let draft = holder.draft(&token);
    let (header, claims) = (draft.header.to_string(), draft.claims.to_string());
    let twice = |json: &str, member: &str| json.replacen('{', &format!("{{{member},"), 1);
    for (header, claims) in [
        (twice(&header, r#""typ":"dpop+jwt""#), claims.clone()),
        (header.clone(), twice(&claims, r#""htm":"POST""#)),
        (header.clone(), "[]".to_owned()),
        ("[]".to_owned(), claims.clone()),
    ] {
        let proof = holder.sign_texts(&header, &claims);
        assert_eq!(code_of(&strict(), &token, &proof), "proof_malformed", "{header} {claims}");
    }
}

#[test]
fn every_claim_has_to_be_there_and_of_its_type() {
    for name in ["jti", "htm", "htu", "iat", "ath"] {
        assert_eq!(without_claim(name), "proof_malformed", "{name}");
        for value in [json!(null), json!([]), json!({}), json!(true)] {
            assert_eq!(with_claim(name, value), "proof_malformed", "{name}");
        }
    }
    assert_eq!(with_claim("iat", json!("1800000000")), "proof_malformed");
    assert_eq!(with_claim("iat", json!(-1)), "proof_malformed");
    assert_eq!(with_claim("jti", json!("")), "proof_malformed");
    assert_eq!(with_claim("jti", json!("a".repeat(257))), "proof_malformed");
    assert_eq!(with_claim("jti", json!("a".repeat(256))), "ok");
    let claims = |count: u32| {
        changed(|draft| (0..count).for_each(|i| draft.claims[format!("x{i}")] = json!(1)))
    };
    assert_eq!((claims(27), claims(28)), ("ok", "proof_malformed"));
    let padded = |bytes| with_claim("pad", json!("a".repeat(bytes)));
    assert_eq!((padded(5000), padded(6000)), ("ok", "proof_malformed"));
}

#[test]
fn a_key_that_is_for_another_algorithm_signs_no_proof() {
    let pair = Pair::ours(Algorithm::EdDSA);
    let mut jwk = pair.jwk(Algorithm::EdDSA, "key-1");
    let jkt = sha256(&format!(r#"{{"crv":"Ed25519","kty":"OKP","x":{}}}"#, jwk["x"]));
    let token = token_with(json!({"jkt": jkt}));
    let mut draft = Holder::new().draft(&token);
    draft.header["alg"] = json!("EdDSA");
    let verifier = strict();
    for (name, expected) in [("Ed25519", "proof_malformed"), ("EdDSA", "ok")] {
        jwk["alg"] = json!(name);
        draft.header["jwk"] = jwk.clone();
        let (header, claims) = (draft.header.to_string(), draft.claims.to_string());
        let proof = pair.sign_texts(Algorithm::EdDSA, &header, &claims);
        assert_eq!(code_of(&verifier, &token, &proof), expected, "{name}");
    }
}
