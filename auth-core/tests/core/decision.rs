//! Refusals: each has a code of its own, its class decides the status, and what the client reads
//! depends on nothing else. What prints, prints no secret.

use std::collections::{BTreeMap, BTreeSet};

use auth_core::error::Class;
use auth_core::http::{HttpRequest, HttpResponse};
use auth_core::proof::BindingError;
use auth_core::{Algorithm, AuthError, Configured, Denial, Secret, Token, Verifier};
use http::{Response, StatusCode};

use crate::keys::{Pair, SECRET, mac, secret};
use crate::{finish, good_claims, verify};

/// Stands wherever an error can carry a text.
const CANARY: &str = "canary";

/// Every error there is, with the class it has to have.
fn every_error() -> Vec<(AuthError, Class)> {
    use AuthError as E;
    use Class::{BadCredential, BadRequest, BadTarget, Forbidden, NoCredential, Unavailable};
    vec![
        (E::TokenMissing, NoCredential),
        (E::AuthorizationMalformed(CANARY), BadRequest),
        (E::CredentialMalformed(CANARY), BadRequest),
        (E::TokenTooLarge { limit: 1 }, BadCredential),
        (E::TokenMalformed(CANARY), BadCredential),
        (E::HeaderMalformed(CANARY), BadCredential),
        (E::AlgorithmNotAllowed, BadCredential),
        (E::TypeNotAllowed, BadCredential),
        (E::CriticalHeader, BadCredential),
        (E::KeyIdMalformed, BadCredential),
        (E::KeyNotFound, BadCredential),
        (E::CertificateNotValid, BadCredential),
        (E::KeysUnavailable(CANARY.into()), Unavailable),
        (E::IntrospectionUnavailable(CANARY.into()), Unavailable),
        (E::TokenInactive, BadCredential),
        (E::SignatureInvalid, BadCredential),
        (E::ClaimsMalformed(CANARY), BadCredential),
        (E::ClaimMissing(CANARY.into()), BadCredential),
        (E::ClaimMalformed(CANARY), BadCredential),
        (E::Expired, BadCredential),
        (E::NotYetValid, BadCredential),
        (E::IssuedInTheFuture, BadCredential),
        (E::TooOld, BadCredential),
        (E::LifetimeTooLong, BadCredential),
        (E::IssuerMismatch, BadCredential),
        (E::AudienceMismatch, BadCredential),
        (E::ClaimMismatch(CANARY.into()), BadCredential),
        (E::AuthorizedPartyMismatch, BadCredential),
        (E::Binding(BindingError::NotChecked), BadCredential),
        (E::UpstreamUnavailable(CANARY.into()), Unavailable),
        (E::UserInactive, BadCredential),
        (E::TargetAmbiguous(CANARY), BadTarget),
        (E::ScopeMissing(CANARY.into()), Forbidden),
        (E::AccessRefused, Forbidden),
        (E::ResourceIdMissing, Forbidden),
        (E::AuthorizationFailed(CANARY.to_owned()), Unavailable),
    ]
}

/// What a client reads: status, header fields, body.
fn answer(error: AuthError) -> (u16, BTreeMap<String, String>, String) {
    let response: Response<String> = Denial::from(error).to_response();
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().into()));
    (response.status().as_u16(), headers.collect(), response.body().clone())
}

#[test]
fn the_list_above_holds_every_error() {
    let variants = include_str!("../../src/error.rs").matches("    #[error(").count();
    assert_eq!(every_error().len(), variants);
}

#[test]
fn every_error_has_a_code_of_its_own_in_snake_case() {
    let codes: Vec<_> = every_error().iter().map(|(error, _)| error.code()).collect();
    let different: BTreeSet<_> = codes.iter().collect();
    assert_eq!(different.len(), codes.len());
    for code in codes {
        let is_word =
            |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!(code.split('_').all(is_word), "{code}");
    }
}

#[test]
fn the_class_of_an_error_decides_the_status() {
    for (error, class) in every_error() {
        assert_eq!(error.class(), class, "{error}");
        let expected = match class {
            Class::BadTarget => 400,
            Class::NoCredential | Class::BadRequest | Class::BadCredential => 401,
            Class::Forbidden => 403,
            Class::Unavailable => 503,
        };
        let denial = Denial::from(error.clone());
        assert_eq!((denial.code(), denial.class()), (error.code(), class));
        assert_eq!((denial.status().as_u16(), answer(error).0), (expected, expected));
    }
}

/// A missing scope has to be named, or nobody could ask for it (RFC 6750, section 3.1).
fn is_named(error: &AuthError) -> bool {
    matches!(error, AuthError::ScopeMissing(_))
}

#[test]
fn what_the_client_reads_depends_on_the_class_alone() {
    let mut answers = BTreeMap::new();
    for (error, class) in every_error().into_iter().filter(|(error, _)| !is_named(error)) {
        let answer = answer(error);
        assert!(!format!("{answer:?}").contains(CANARY));
        let first = answers.entry(format!("{class:?}")).or_insert_with(|| answer.clone());
        assert_eq!(*first, answer);
    }
    assert_eq!(answers.len(), 6);
}

#[test]
fn each_answer_says_what_its_status_needs() {
    for (error, _) in every_error() {
        let has_challenge = Denial::from(error.clone()).status() == 401 || is_named(&error);
        let (status, headers, body) = answer(error);
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(headers.contains_key("www-authenticate"), has_challenge);
        assert_eq!(headers.contains_key("retry-after"), status == 503);
        assert!(serde_json::from_str::<serde_json::Value>(&body).unwrap()["error"].is_string());
    }
}

#[test]
fn an_error_about_a_claim_names_it() {
    let named: Vec<_> = every_error()
        .iter()
        .filter_map(|(error, _)| Some((error.code(), error.claim()?.to_owned())))
        .collect();
    let named: Vec<_> = named.iter().map(|(code, claim)| (*code, claim.as_str())).collect();
    assert_eq!(
        named,
        [
            ("claim_missing", CANARY),
            ("claim_malformed", CANARY),
            ("expired", "exp"),
            ("not_yet_valid", "nbf"),
            ("issued_in_the_future", "iat"),
            ("too_old", "iat"),
            ("lifetime_too_long", "exp"),
            ("issuer_mismatch", "iss"),
            ("audience_mismatch", "aud"),
            ("claim_mismatch", CANARY),
            ("authorized_party_mismatch", "azp"),
            ("binding_not_checked", "cnf"),
        ]
    );
}

#[test]
fn nothing_that_prints_holds_a_secret() {
    let verifier = finish(Verifier::hmac(&secret()));
    let token = mac(Algorithm::HS256, SECRET, &good_claims());
    let claims = verify(&verifier, &token).unwrap();
    assert_eq!(format!("{:?}", Token::new(&token)), "[redacted]");
    assert_eq!(format!("{:?}", Secret::from(SECRET)), "[redacted]");
    assert_eq!(format!("{:?}", secret()), "[redacted]");
    let printed = format!("{claims:?}");
    assert!(["Claims", "aud", "sub"].iter().all(|name| printed.contains(name)), "{printed}");

    let unfinished = Verifier::hmac(&secret());
    let configured = Configured::new((verifier.clone(), claims), "acme");
    let others = [format!("{verifier:?}"), format!("{unfinished:?}"), format!("{configured:#?}")];
    for printed in others.into_iter().chain([printed]) {
        for hidden in [SECRET, token.as_str(), "user-1"] {
            assert!(!printed.contains(hidden), "{printed}");
        }
    }
}

#[test]
fn a_verifier_prints_its_rules_but_not_its_keys() {
    let pair = Pair::ours(Algorithm::EdDSA);
    let printed = format!("{:?}", finish(Verifier::pem(pair.pem())));
    assert!(printed.contains("EdDSA") && printed.contains(crate::ISSUER), "{printed}");
    let body = pair.pem().lines().nth(1).unwrap();
    assert!(!printed.contains(body), "{printed}");
}

#[test]
fn requests_and_answers_print_neither_values_nor_queries() {
    let request = http::Request::get("/orders?token=canary")
        .header("authorization", "Bearer canary")
        .header("cookie", "canary")
        .body(())
        .unwrap();
    let printed = format!("{:?}", auth_core::Request::from(&request));
    assert!(printed.contains("/orders") && printed.contains("cookie"), "{printed}");
    assert!(!printed.contains(CANARY), "{printed}");

    let mut outbound = HttpRequest::get("https://api.example/users?key=canary".parse().unwrap());
    outbound.headers = request.headers().clone();
    let headers = outbound.headers.clone();
    let answer = HttpResponse { status: StatusCode::OK, headers, body: CANARY.into() };
    for printed in [format!("{outbound:?}"), format!("{answer:?}")] {
        assert!(!printed.contains(CANARY), "{printed}");
    }
}

#[test]
fn a_missing_scope_is_named_in_the_challenge() {
    let (status, headers, body) = answer(AuthError::ScopeMissing("read:a write:a".into()));
    assert_eq!((status, body.as_str()), (403, r#"{"error":"Access denied"}"#));
    assert_eq!(
        headers["www-authenticate"],
        "Bearer error=\"insufficient_scope\", error_description=\"The token does not have the scope \
         that this needs\", scope=\"read:a write:a\""
    );
}
