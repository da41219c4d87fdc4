//! Proofs of possession (RFC 9449): the good one is accepted, and each thing that can be wrong with
//! one is refused by its own code.

use auth_core::proof::Dpop;
use auth_core::{Algorithm, Verifier};
use serde_json::{Value, json};
use std::time::Duration;

use crate::NOW;
use crate::holder::{
    Draft, Holder, bearer_token, code, code_of, request, required, sha256, strict, token_with,
    verifier,
};
use crate::keys::{Pair, b64};

/// What becomes of a good proof after one change.
pub(crate) fn changed(change: impl FnOnce(&mut Draft)) -> &'static str {
    let holder = Holder::new();
    let token = holder.token();
    let mut draft = holder.draft(&token);
    change(&mut draft);
    code_of(&strict(), &token, &holder.sign(&draft))
}

pub(crate) fn with_claim(name: &str, value: Value) -> &'static str {
    changed(|draft| draft.claims[name] = value)
}

pub(crate) fn without_claim(name: &str) -> &'static str {
    changed(|draft| drop(draft.claims.as_object_mut().unwrap().remove(name)))
}

#[test]
fn a_bound_token_with_its_proof_is_accepted() {
    let holder = Holder::new();
    let token = holder.token();
    let accepting =
        verifier(|builder| builder.dpop(Dpop::accepted().origin("https://api.example")));
    for verifier in [strict(), accepting.0] {
        assert_eq!(code_of(&verifier, &token, &holder.proof(&token)), "ok");
        let lower = request(&format!("dpop {token}"), &[&holder.proof(&token)]);
        assert_eq!(code(&verifier, &lower), "ok");
    }
}

#[test]
fn a_token_alone_is_not_enough() {
    let holder = Holder::new();
    let token = holder.token();
    assert_eq!(code(&strict(), &request(&format!("DPoP {token}"), &[])), "proof_missing");
    let proof = holder.proof(&token);
    let twice = request(&format!("DPoP {token}"), &[&proof, &proof]);
    assert_eq!(code(&strict(), &twice), "proof_malformed");
    let folded = format!("{proof}, {proof}");
    assert_eq!(code_of(&strict(), &token, &folded), "proof_malformed");
    assert_eq!(code_of(&strict(), &token, &"a".repeat(8193)), "proof_malformed");
    for junk in ["", "a", "a.b.c", "é", &token] {
        assert_eq!(code_of(&strict(), &token, junk), "proof_malformed", "{junk:.20}");
    }
}

#[test]
fn a_bound_token_is_no_bearer_token() {
    let holder = Holder::new();
    let token = holder.token();
    let proof = holder.proof(&token);
    let (accepting, _) =
        verifier(|builder| builder.dpop(Dpop::accepted().origin("https://api.example")));
    for proofs in [&[][..], &[proof.as_str()]] {
        let sent = request(&format!("Bearer {token}"), proofs);
        assert_eq!(code(&accepting, &sent), "proof_missing");
        assert_eq!(code(&strict(), &sent), "token_missing");
    }
    assert_eq!(crate::code(&strict(), &token), "proof_missing");
    assert_eq!(crate::code(&accepting, &token), "binding_not_checked");
}

#[test]
fn a_bearer_token_is_no_bound_token() {
    let holder = Holder::new();
    let token = bearer_token();
    let (accepting, _) =
        verifier(|builder| builder.dpop(Dpop::accepted().origin("https://api.example")));
    for verifier in [&strict(), &accepting] {
        assert_eq!(code_of(verifier, &token, &holder.proof(&token)), "binding_missing");
    }
    assert_eq!(code(&accepting, &request(&format!("Bearer {token}"), &[])), "ok");
    assert_eq!(code(&strict(), &request(&format!("Bearer {token}"), &[])), "token_missing");
}

#[test]
fn a_verifier_without_proofs_does_not_know_the_scheme() {
    let (plain, _) = verifier(|builder| builder);
    let holder = Holder::new();
    for token in [holder.token(), bearer_token()] {
        assert_eq!(code_of(&plain, &token, &holder.proof(&token)), "token_missing");
    }
}

#[test]
fn a_proof_by_another_key_is_refused() {
    let (holder, thief) = (Holder::new(), Holder::new());
    let token = holder.token();
    assert_eq!(code_of(&strict(), &token, &thief.proof(&token)), "proof_mismatch");
    // The holder's key in the header, another's signature.
    let forged = thief.sign(&holder.draft(&token));
    assert_eq!(code_of(&strict(), &token, &forged), "proof_signature_invalid");
    let proof = holder.proof(&token);
    let (input, _) = proof.rsplit_once('.').unwrap();
    let zeros = format!("{input}.{}", b64([0; 64]));
    assert_eq!(code_of(&strict(), &token, &zeros), "proof_signature_invalid");
}

#[test]
fn the_signature_covers_header_and_claims() {
    let holder = Holder::new();
    let token = holder.token();
    let proof = holder.proof(&token);
    let signature = proof.rsplit_once('.').unwrap().1;
    let mut draft = holder.draft(&token);
    draft.header["kid"] = json!("x");
    let other = holder.sign(&draft);
    let (input, _) = other.rsplit_once('.').unwrap();
    let spliced = format!("{input}.{signature}");
    assert_eq!(code_of(&strict(), &token, &spliced), "proof_signature_invalid");
}

#[test]
fn proofs_of_every_kind_of_key_are_accepted() {
    for algorithm in [Algorithm::RS256, Algorithm::PS256, Algorithm::ES384, Algorithm::EdDSA] {
        let pair = Pair::ours(algorithm);
        let mut jwk = pair.jwk(algorithm, "key-1");
        let members: &[&str] = match algorithm {
            Algorithm::EdDSA => &["crv", "kty", "x"],
            Algorithm::ES384 => &["crv", "kty", "x", "y"],
            _ => &["e", "kty", "n"],
        };
        let canonical: Vec<_> =
            members.iter().map(|name| format!("\"{name}\":{}", jwk[*name])).collect();
        let token = token_with(json!({"jkt": sha256(&format!("{{{}}}", canonical.join(",")))}));
        let mut draft = Holder::new().draft(&token);
        jwk["alg"] = json!(algorithm.name());
        draft.header["jwk"] = jwk;
        draft.header["alg"] = json!(algorithm.name());
        let proof =
            pair.sign_texts(algorithm, &draft.header.to_string(), &draft.claims.to_string());
        let (verifier, _) = verifier(|builder| builder.dpop(required().algorithms([algorithm])));
        assert_eq!(code_of(&verifier, &token, &proof), "ok", "{algorithm}");
    }
}

#[test]
fn a_proof_is_for_one_method_one_address_and_one_token() {
    for method in ["POST", "get", "GET ", ""] {
        assert_eq!(with_claim("htm", json!(method)), "proof_mismatch", "{method}");
    }
    for address in [
        "https://api.example/",
        "https://api.example/orders/",
        "https://api.example/Orders",
        "http://api.example/orders",
        "https://other.example/orders",
        "https://api.example:8443/orders",
        "https://api.example@evil.example/orders",
        "/orders",
        "",
    ] {
        assert_eq!(with_claim("htu", json!(address)), "proof_mismatch", "{address}");
    }
    assert_eq!(with_claim("ath", json!(sha256("another token"))), "proof_mismatch");
    assert_eq!(with_claim("ath", json!("")), "proof_mismatch");
}

#[test]
fn an_address_may_be_spelt_in_its_other_ways() {
    for address in [
        "HTTPS://API.example/orders",
        "https://api.example:443/orders",
        "https://api.example/orders?page=7#top",
        "https://api.example/%6frders",
        "https://api.example/a/../orders",
    ] {
        assert_eq!(with_claim("htu", json!(address)), "ok", "{address}");
    }
}

#[test]
fn a_proof_is_good_for_a_minute() {
    for (iat, expected) in [
        (NOW - 64, "ok"),
        (NOW - 65, "proof_expired"),
        (NOW - 600, "proof_expired"),
        (0, "proof_expired"),
        (NOW + 5, "ok"),
        (NOW + 6, "proof_from_the_future"),
        (NOW + 600, "proof_from_the_future"),
        (253_402_300_799, "proof_from_the_future"),
    ] {
        assert_eq!(with_claim("iat", json!(iat)), expected, "{iat}");
    }
}

#[test]
fn how_long_is_said_by_choice() {
    let holder = Holder::new();
    let token = holder.token();
    let (verifier, clock) =
        verifier(|builder| builder.dpop(required().max_age(Duration::from_secs(5))));
    let proof = |clock: &auth_core::clock::ManualClock| {
        use auth_core::clock::Clock as _;
        let mut draft = holder.draft(&token);
        draft.claims["iat"] = json!(clock.unix().as_secs() - 9);
        holder.sign(&draft)
    };
    assert_eq!(code_of(&verifier, &token, &proof(&clock)), "ok");
    let late = proof(&clock);
    clock.advance(Duration::from_secs(1));
    assert_eq!(code_of(&verifier, &token, &late), "proof_expired");
}

/// What becomes of a proof for this address when the request says this host.
fn with_host(verifier: &Verifier, htu: &str, host: &str, uri: &str) -> &'static str {
    let holder = Holder::new();
    let token = holder.token();
    let mut draft = holder.draft(&token);
    draft.claims["htu"] = json!(htu);
    let mut request = request(&format!("DPoP {token}"), &[&holder.sign(&draft)]);
    request.headers_mut().insert("host", host.parse().unwrap());
    *request.uri_mut() = uri.parse().unwrap();
    code(verifier, &request)
}

#[test]
fn what_a_request_calls_its_host_counts_only_where_that_was_said() {
    let evil = "https://evil.example/orders";
    assert_eq!(with_host(&strict(), evil, "evil.example", "/orders"), "proof_mismatch");
    assert_eq!(with_host(&strict(), evil, "evil.example", evil), "proof_mismatch");
    assert_eq!(with_host(&strict(), crate::holder::ADDRESS, "evil.example", evil), "ok");

    let (trusting, _) =
        verifier(|builder| builder.dpop(Dpop::required().danger_origin_from_host()));
    let address = "https://api.example/orders";
    assert_eq!(with_host(&trusting, address, "api.example", "/orders"), "ok");
    assert_eq!(with_host(&trusting, address, "other.example", "/orders"), "proof_mismatch");
    assert_eq!(with_host(&trusting, address, "other.example", address), "ok");
    let below = "https://api.example/base/orders";
    assert_eq!(with_host(&trusting, below, "api.example/base", "/orders"), "proof_mismatch");
}

#[test]
fn a_server_may_have_several_addresses_and_a_path_before_its_own() {
    let dpop = required().origin("https://example.org/api/");
    let (verifier, _) = verifier(|builder| builder.dpop(dpop));
    for (address, expected) in [
        ("https://api.example/orders", "ok"),
        ("https://example.org/api/orders", "ok"),
        ("https://example.org/orders", "proof_mismatch"),
        ("https://api.example/api/orders", "proof_mismatch"),
    ] {
        assert_eq!(with_host(&verifier, address, "x", "/orders"), expected, "{address}");
    }
}

#[test]
fn a_bad_token_stays_bad_with_the_best_proof() {
    let holder = Holder::new();
    let forged = crate::keys::mac(
        Algorithm::HS256,
        &crate::keys::SECRET.to_uppercase(),
        &json!({"cnf": {"jkt": holder.jkt()}}),
    );
    assert_eq!(code_of(&strict(), &forged, &holder.proof(&forged)), "signature_invalid");
}
