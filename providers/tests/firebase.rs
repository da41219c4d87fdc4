//! Firebase as an application sees it: what a user says, what a configuration may not, and that an
//! emulator is accepted beside nothing of production. Its tokens are proven by the suite.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::fs;
use std::path::PathBuf;

use auth_conformance::idp::firebase::{FirebaseFake, service_account};
use auth_core::config::Vars;
use auth_core::{Authenticate, Environment, Gate, Principal, Request, Token};
use auth_providers::{Firebase, FirebaseBuilder, FirebaseUser, ServiceAccount};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

fn nowhere() -> Environment {
    Environment::process().with_vars(Vars::empty())
}

/// What is wrong with a builder.
fn problem(builder: FirebaseBuilder) -> String {
    builder.build_in(&nowhere()).unwrap_err().to_string()
}

async fn user_of(firebase: &FirebaseFake, token: &str) -> FirebaseUser {
    let provider = Firebase::builder().build_in(&firebase.environment()).unwrap();
    let request = http::Request::get("/").body(()).unwrap();
    let request = Request::from(&request);
    provider.provider().authenticate(&Token::new(token), &request).await.unwrap()
}

#[tokio::test]
async fn a_user_holds_their_document_in_plain_json() {
    let firebase = FirebaseFake::start().await;
    let user = user_of(&firebase, &firebase.good_token()).await;
    assert_eq!(user.uid(), firebase.forge.subject);
    assert_eq!(user.verified_email(), Some("jane@acme.example"));
    assert_eq!((user.unverified_email(), user.tenant()), (None, None));
    assert_eq!(user.sign_in_provider(), Some("password"));
    let expected = json!({ "roles": ["clerk"], "teams": [], "level": 3, "active": true });
    assert_eq!(user.access(), expected.as_object());
    assert!(!user.has_role("clerk"), "a document is not a claim");
    assert!(!format!("{user:?}").contains("jane"), "{user:?}");
}

#[tokio::test]
async fn an_address_that_nobody_checked_is_not_a_verified_one() {
    let firebase = FirebaseFake::start().await;
    for verified in [json!(false), json!("true"), json!(1), Value::Null] {
        let token = firebase.token(|draft| draft.claim("email_verified", verified.clone()));
        let user = user_of(&firebase, &token).await;
        assert_eq!(user.verified_email(), None, "{verified}");
        assert_eq!(user.unverified_email(), Some("jane@acme.example"), "{verified}");
    }
}

#[test]
fn a_service_account_is_read_as_json_as_base64_and_from_its_file() {
    let json = service_account().to_string();
    let twice_escaped = json.replace("\\n", "\\\\n");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join("firebase_account.json");
    fs::write(&path, &json).unwrap();
    for text in [json.clone(), twice_escaped, STANDARD.encode(&json), path.display().to_string()] {
        let environment = nowhere().with_vars(Vars::from([("FIREBASE_SERVICE_ACCOUNT", text)]));
        let firebase = Firebase::builder().build_in(&environment).unwrap();
        let audiences = firebase.provider().verifier().unwrap().audiences();
        assert_eq!(audiences, ["acme-prod"], "the project is the account's");
        assert!(!format!("{firebase:?}").contains("PRIVATE KEY"));
    }
    let missing = ServiceAccount::parse("/nonexistent/account.json").unwrap_err().to_string();
    assert!(missing.contains("/nonexistent/account.json does not exist"), "{missing}");
}

#[test]
fn all_that_is_wrong_with_a_service_account_is_said_and_nothing_of_it_shown() {
    let spoilt = json!({
        "type": "authorized_user", "project_id": "Acme Prod", "universe_domain": "evil.example",
        "private_key": "-----BEGIN PRIVATE KEY-----\nhunter2hunter2\n-----END PRIVATE KEY-----\n",
    });
    let error = ServiceAccount::parse(&spoilt.to_string()).unwrap_err().to_string();
    for word in ["`type`", "`project_id`", "`client_email`", "`private_key`", "`universe_domain`"] {
        assert!(error.contains(word), "{word}: {error}");
    }
    assert!(!error.contains("hunter2") && !error.contains("Acme"), "{error}");
    let mut without = service_account();
    without.as_object_mut().unwrap().remove("private_key");
    let error = ServiceAccount::parse(&without.to_string()).unwrap_err().to_string();
    assert!(error.contains("`private_key` is missing"), "{error}");
}

#[test]
fn an_emulator_stands_beside_nothing_of_production() {
    let emulated = || Firebase::builder().project("demo-acme").danger_emulator("127.0.0.1:9099");
    assert!(emulated().danger_any_user(true).build_in(&nowhere()).is_ok());
    let said = problem(emulated().danger_any_user(true).project("acme-prod"));
    assert!(said.contains("begin its id with `demo-`"), "{said}");
    let account = service_account().to_string();
    let said = problem(emulated().service_account(account).session_cookie("__session"));
    for words in ["contradict each other", "session_cookie cannot be", "reads no documents"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let elsewhere = ["https://127.0.0.1:9099", "10.0.0.7:9099", "auth.acme.example:9099", "[::]:1"];
    for host in elsewhere.into_iter().chain(["127.0.0.1", "127.0.0.1:0", "localhost.evil:1"]) {
        let builder = Firebase::builder().project("demo-acme").danger_any_user(true);
        let said = problem(builder.danger_emulator(host));
        assert!(said.contains("expected an emulator on this machine"), "{host}: {said}");
    }
}

#[tokio::test]
async fn an_emulators_tokens_are_held_to_the_same_rules() {
    let firebase = FirebaseFake::start().await;
    let builder = Firebase::builder().project("demo-acme").danger_any_user(true);
    let builder = builder.danger_emulator("127.0.0.1:1");
    let environment = firebase.environment().with_vars(Vars::empty());
    let gate = Gate::new(builder.build_in(&environment).unwrap());
    let draft = firebase.forge.good().claim("aud", "demo-acme");
    let claims = draft.claim("iss", "https://securetoken.google.com/demo-acme").claims;
    let unsigned = |change: &[(&str, Value)]| {
        let mut claims = claims.clone();
        claims.extend(change.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let encode = |json: String| URL_SAFE_NO_PAD.encode(json);
        let header = encode(json!({ "alg": "none", "typ": "JWT" }).to_string());
        format!("{header}.{}.", encode(Value::Object(claims).to_string()))
    };
    let cases = [
        (unsigned(&[("aud", json!("acme-prod"))]), "audience_mismatch"),
        (unsigned(&[("exp", json!(1))]), "expired"),
        (unsigned(&[("sub", json!("a".repeat(129)))]), "claim_malformed"),
        (unsigned(&[("firebase", json!({ "tenant": "a" }))]), "claim_mismatch"),
        (format!("{}c2ln", unsigned(&[])), "token_malformed"),
        (firebase.good_token(), "algorithm_not_allowed"),
        // All is well with it, but nobody is there to be asked about its user.
        (unsigned(&[]), "upstream_unavailable"),
    ];
    for (token, expected) in cases {
        let request = http::Request::get("/").header("authorization", format!("Bearer {token}"));
        let request = request.body(()).unwrap();
        let decision = gate.decide(&Request::from(&request)).await;
        assert_eq!(decision.denial().unwrap().error().code(), expected);
    }
}

#[test]
fn what_contradicts_itself_is_said_at_once() {
    let builder = Firebase::builder().project("acme-prod").tenant("a").danger_any_tenant(true);
    let builder = builder.keep_answers(std::time::Duration::from_secs(301)).check_revoked(true);
    let said = problem(builder.access_collection("a/b").database_id("x/y"));
    for words in [
        "service_account is required",
        "check_revoked needs",
        "tenant and danger",
        "keep_answers",
        "database_id",
        "access_collection",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let config = r#"{"projectId": "acme-prod", "storageBucket": "b"}"#;
    let environment = nowhere().with_vars(Vars::from([("FIREBASE_CONFIG", config)]));
    let firebase = Firebase::builder().danger_any_user(true).build_in(&environment).unwrap();
    assert_eq!(firebase.provider().verifier().unwrap().audiences(), ["acme-prod"]);
}
