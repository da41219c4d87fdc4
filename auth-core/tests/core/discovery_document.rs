//! What an issuer's description may say: nothing that widens, nothing that leads astray. And which
//! names an issuer may have.

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::jwt::KeySource;
use auth_core::{Algorithm, Verifier};
use serde_json::{Value, json};

use crate::issuer::{Issuer, Reply};
use crate::keys::{Pair, b64};
use crate::world::{ALGORITHM, around, lasting_claims, verify};
use crate::{AUDIENCE, ISSUER, NOW, environment, finish};

const KEYS: &str = "https://keys.example/set";

/// The outcome of a good token, why there are no keys if so, and how many requests were made, if
/// this is the description of the issuer of this name.
async fn told(name: &str, reply: Reply) -> (&'static str, Option<String>, usize) {
    let key = Pair::ours(ALGORITHM);
    let issuer = Issuer::new(Reply::keys([key.jwk(ALGORITHM, "current")]));
    let document = format!("{}/.well-known/openid-configuration", name.trim_end_matches('/'));
    issuer.say_at(&document, reply);
    let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
    let builder = Verifier::discover(name).algorithms([ALGORITHM]).audience(AUDIENCE);
    let verifier = builder.build_in(&around(&issuer, &clock)).unwrap();
    let mut claims = lasting_claims();
    claims["iss"] = json!(name);
    let outcome = verify(&verifier, &key.sign(ALGORITHM, Some("current"), &claims)).await;
    let error = verifier.status().last_error.map(std::borrow::Cow::into_owned);
    (outcome, error, issuer.count())
}

/// Why this description is of no use; no key may have been asked for.
async fn refusal(document: Value) -> String {
    refusal_of(Reply::new(200, document.to_string())).await
}

async fn refusal_of(reply: Reply) -> String {
    let (outcome, error, requests) = told(ISSUER, reply.clone()).await;
    assert_eq!((outcome, requests), ("keys_unavailable", 1), "{reply:?}");
    error.unwrap()
}

#[tokio::test]
async fn an_address_at_any_public_host_is_followed() {
    for url in [
        KEYS,
        "https://issuer.example/keys?version=2",
        "https://issuer.example:8443/keys",
        "HTTPS://KEYS.EXAMPLE/set",
    ] {
        let document = json!({"issuer": ISSUER, "jwks_uri": url}).to_string();
        assert_eq!(told(ISSUER, Reply::new(200, document)).await, ("ok", None, 2), "{url}");
    }
}

#[tokio::test]
async fn the_issuer_has_to_be_named_byte_for_byte() {
    for issuer in [
        "https://issuer.example",
        "https://issuer.example//",
        "https://ISSUER.example/",
        "https://issuer.example:443/",
        "http://issuer.example/",
        "https://issuer.example/ ",
        "https://evil.example/",
        "",
    ] {
        let error = refusal(json!({"issuer": issuer, "jwks_uri": KEYS})).await;
        assert_eq!(error, "the discovery document is another issuer's", "{issuer}");
    }
    for issuer in [json!(null), json!(1), json!([ISSUER]), json!({"issuer": ISSUER})] {
        let error = refusal(json!({"issuer": issuer, "jwks_uri": KEYS})).await;
        assert_eq!(error, "the discovery document names no issuer");
    }
    let error = refusal(json!({"jwks_uri": KEYS})).await;
    assert_eq!(error, "the discovery document names no issuer");
}

#[tokio::test]
async fn an_address_without_tls_or_with_a_password_is_not_followed() {
    for (url, expected) in [
        ("http://issuer.example/keys", "jwks_uri does not begin with https://"),
        ("ftp://issuer.example/keys", "jwks_uri does not begin with https://"),
        ("file:///etc/keys.json", "jwks_uri does not begin with https://"),
        ("data:application/json,{}", "jwks_uri does not begin with https://"),
        ("https://user:hunter2@issuer.example/keys", "jwks_uri holds a user name or password"),
        ("https://issuer.example@evil.example/", "jwks_uri holds a user name or password"),
        ("/keys", "jwks_uri is no URL"),
        ("", "jwks_uri is no URL"),
    ] {
        let error = refusal(json!({"issuer": ISSUER, "jwks_uri": url})).await;
        assert_eq!(error, format!("the discovery document's {expected}"), "{url}");
    }
    for document in [
        json!({"issuer": ISSUER}),
        json!({"issuer": ISSUER, "jwks_uri": [KEYS]}),
        json!({"issuer": ISSUER, "jwks_uri": null}),
    ] {
        assert_eq!(refusal(document).await, "the discovery document has no jwks_uri");
    }
}

#[tokio::test]
async fn an_address_inside_our_network_is_not_followed_from_outside() {
    for url in [
        "https://127.0.0.1/keys",
        "http://127.0.0.1:8080/keys",
        "http://localhost:8080/keys",
        "https://localhost/keys",
        "https://admin.localhost/keys",
        "https://169.254.169.254/latest/meta-data",
        "https://2852039166/latest/meta-data",
        "https://10.0.0.1/keys",
        "https://203.0.113.7/keys",
        "https://[::1]/keys",
        "https://[fd00::1]/keys",
        "https://[::ffff:169.254.169.254]/",
    ] {
        let error = refusal(json!({"issuer": ISSUER, "jwks_uri": url})).await;
        let expected = "the discovery document's jwks_uri leads into a network of ours";
        assert_eq!(error, expected, "{url}");
    }
}

#[tokio::test]
async fn an_issuer_inside_our_network_keeps_its_keys_there() {
    for (issuer, url) in [
        ("http://127.0.0.1:8080/realm", "http://127.0.0.1:8080/realm/keys"),
        ("http://127.0.0.1:8080/realm", "http://localhost:9090/keys"),
        ("https://10.0.0.1/realm", "https://10.0.0.1:8443/keys"),
        ("https://[fd00::1]/realm", "https://[fd00::1]/keys"),
    ] {
        let document = json!({"issuer": issuer, "jwks_uri": url}).to_string();
        assert_eq!(told(issuer, Reply::new(200, document)).await, ("ok", None, 2), "{url}");
    }
}

#[tokio::test]
async fn what_is_no_description_is_not_taken_for_one() {
    let object = "the discovery document is no JSON object";
    let good = json!({"issuer": ISSUER, "jwks_uri": KEYS}).to_string();
    for body in [
        String::new(),
        "{".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        "<html>log in</html>".to_owned(),
        format!("{good}{good}"),
        format!("\u{feff}{good}"),
        format!(r#"{{"issuer":"https://evil.example/",{}"#, &good[1..]),
        format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000)),
    ] {
        assert_eq!(refusal_of(Reply::new(200, body)).await, object);
    }
    for status in [201, 204, 301, 304, 404, 500, 503] {
        let error = refusal_of(Reply::new(status, good.clone())).await;
        assert_eq!(error, format!("the issuer answered {status}"));
    }
}

#[tokio::test]
async fn what_else_a_description_says_changes_nothing() {
    let key = Pair::ours(ALGORITHM);
    let issuer = Issuer::new(Reply::keys([
        key.jwk(ALGORITHM, "current"),
        json!({"kty": "oct", "kid": "secret", "k": b64("0123456789abcdef0123456789abcdef")}),
        Pair::ours(Algorithm::ES256).jwk(Algorithm::ES256, "other"),
    ]));
    let document = json!({
        "issuer": ISSUER,
        "jwks_uri": KEYS,
        "id_token_signing_alg_values_supported": ["none", "HS256", "ES256"],
        "userinfo_endpoint": "https://evil.example/",
        "signed_metadata": "e30.e30.e30",
    });
    let address = "https://issuer.example/.well-known/openid-configuration";
    issuer.say_at(address, Reply::new(200, document.to_string()));
    let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
    let builder = Verifier::discover(ISSUER).algorithms([ALGORITHM]).audience(AUDIENCE);
    let verifier = builder.build_in(&around(&issuer, &clock)).unwrap();
    let token = key.sign(ALGORITHM, Some("current"), &lasting_claims());
    assert_eq!(verify(&verifier, &token).await, "ok");
    assert_eq!(verifier.algorithms(), [ALGORITHM]);
    let (_, rest) = token.split_once('.').unwrap();
    for algorithm in ["none", "HS256", "ES256"] {
        let header = json!({"alg": algorithm, "kid": "other"}).to_string();
        let token = format!("{}.{rest}", b64(header));
        assert_eq!(verify(&verifier, &token).await, "algorithm_not_allowed", "{algorithm}");
    }
    assert_eq!(issuer.count(), 2);
}

#[test]
fn an_issuer_that_cannot_describe_itself_is_told_when_built() {
    for (name, expected) in [
        ("", "the issuer is no URL"),
        ("issuer.example", "the issuer is no URL"),
        (" https://issuer.example", "the issuer is no URL"),
        ("https://issuer.example/\n", "the issuer is no URL"),
        ("https:\\\\issuer.example", "the issuer is no URL"),
        ("http://issuer.example", "the issuer has to begin with https://"),
        ("ftp://issuer.example", "the issuer has to begin with https://"),
        ("https://hunter2@issuer.example", "the issuer holds a user name or password: remove it"),
        (
            "https://issuer.example/?tenant=1",
            "the issuer has a query or a fragment: no issuer has (RFC 8414, section 2)",
        ),
        (
            "https://issuer.example/#tenant",
            "the issuer has a query or a fragment: no issuer has (RFC 8414, section 2)",
        ),
    ] {
        for builder in [Verifier::discover(name), Verifier::discover_oauth(name)] {
            let error = builder.audience(AUDIENCE).build_in(&environment()).unwrap_err();
            assert_eq!(error.problems()[0], expected, "{name:?}");
            assert!(!error.to_string().contains("hunter2"));
        }
    }
}

#[test]
fn both_forms_of_address_are_shown() {
    for (builder, path) in [
        (Verifier::discover("https://a.example/t/"), "/t/.well-known/openid-configuration"),
        (
            Verifier::discover_oauth("https://a.example/t/"),
            "/.well-known/oauth-authorization-server/t",
        ),
    ] {
        let verifier = finish(builder);
        let KeySource::Discovered(url) = verifier.key_source() else { panic!("{verifier:?}") };
        assert_eq!(url.as_str(), format!("https://a.example{path}"));
        assert_eq!(verifier.issuers(), ["https://a.example/t/", ISSUER]);
    }
}
