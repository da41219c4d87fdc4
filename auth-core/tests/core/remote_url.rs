//! Where keys may come from: over TLS, or from this very machine, and without a password.

use auth_core::Verifier;
use auth_core::jwt::KeySource;

use crate::{AUDIENCE, ISSUER, environment, finish};

/// What is wrong with a verifier with keys at this address.
fn problems(url: &str) -> Vec<String> {
    let builder = Verifier::remote(url).issuer(ISSUER).audience(AUDIENCE);
    builder.build_in(&environment()).unwrap_err().problems().to_vec()
}

#[test]
fn takes_https() {
    let verifier = finish(Verifier::remote("https://issuer.example/keys?v=1"));
    let KeySource::Remote(url) = verifier.key_source() else { panic!("{verifier:?}") };
    assert_eq!(url.as_str(), "https://issuer.example/keys?v=1");
    assert_eq!(format!("{:?}", verifier.key_source()), "Remote(issuer.example/keys)");
}

#[test]
fn takes_plain_http_from_this_machine_only() {
    for url in [
        "http://localhost/keys",
        "http://localhost:8080/keys",
        "http://127.0.0.1:8080/keys",
        "http://127.8.9.10/keys",
        "http://[::1]:8080/keys",
    ] {
        assert!(matches!(finish(Verifier::remote(url)).key_source(), KeySource::Remote(_)));
    }
}

#[test]
fn refuses_plain_http_and_other_schemes() {
    for url in [
        "http://issuer.example/keys",
        "http://localhost.issuer.example/keys",
        "http://127.0.0.1.issuer.example/keys",
        "http://10.0.0.1/keys",
        "http://0.0.0.0/keys",
        "http://[::ffff:10.0.0.1]/keys",
        "ftp://issuer.example/keys",
        "file:///etc/keys.json",
        "data:application/json,{}",
    ] {
        assert_eq!(problems(url), ["the key set's address has to begin with https://"], "{url}");
    }
}

#[test]
fn refuses_what_is_no_address() {
    for url in ["", "issuer.example/keys", "/keys", "https://", "https://a b/keys"] {
        assert_eq!(problems(url), ["the key set's address is no URL"], "{url}");
    }
}

#[test]
fn refuses_a_password_and_does_not_repeat_it() {
    for url in ["https://user:hunter2@issuer.example/keys", "https://hunter2@issuer.example/keys"] {
        let expected = "the key set's address holds a user name or password: remove it";
        assert_eq!(problems(url), [expected]);
    }
    // Whatever else is wrong with such an address.
    for url in ["http://user:hunter2@issuer.example/keys", "https://user:hunter2@ex ample/keys"] {
        assert!(!problems(url).concat().contains("hunter2"), "{url}");
    }
}
