//! An introspection in the making: every mistake in one error, who asks, and what never prints.

use std::time::Duration;

use auth_core::introspection::{Introspection, IntrospectionBuilder};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::environment;
use crate::introspection::{ENDPOINT, Opaque, client, expecting};

/// What is wrong with an introspection.
fn problems(builder: IntrospectionBuilder) -> Vec<String> {
    builder.build_in(&environment()).unwrap_err().problems().to_vec()
}

#[test]
fn every_mistake_is_reported_at_once() {
    let found = problems(
        Introspection::at("ftp://issuer.example/")
            .client(" ", &"".into())
            .token_type_hint("")
            .leeway(Duration::from_secs(301))
            .audience(" ")
            .require("")
            .cache_for(Duration::from_secs(301))
            .cache_capacity(0),
    );
    assert_eq!(
        found,
        [
            "the introspection endpoint's address has to begin with https://",
            "the client id is blank",
            "the client secret is blank",
            "the token type hint is blank",
            "the leeway has to be at most 300 s",
            "no issuer is expected: call `.issuer(..)`, or `.danger_accept_any_issuer()` to give \
             up the check",
            "the expected audience is blank",
            "the name of a required claim is blank",
            "answers may be cached for at most 300 s",
            "the cache has to hold 1 to 1000000 answers: to do without one, call \
             `.cache_for(Duration::ZERO)`",
        ]
    );
}

#[test]
fn an_endpoint_is_asked_over_tls_or_on_this_machine() {
    let at = |url: &str| {
        let builder = Introspection::at(url).client("api", &"s3cret".into());
        expecting(builder).build_in(&environment()).map_err(|error| error.to_string())
    };
    for url in [ENDPOINT, "http://localhost:3000/i", "http://127.0.0.1/i", "http://[::1]/i?a=b"] {
        assert!(at(url).is_ok(), "{url}");
    }
    for (url, problem) in [
        ("issuer.example", "the introspection endpoint's address is no URL"),
        (
            "http://issuer.example/i",
            "the introspection endpoint's address has to begin with https://",
        ),
        (
            "https://api:s3cret@issuer.example/i",
            "the introspection endpoint's address holds a user name or password: call \
             `.client(..)` instead",
        ),
    ] {
        assert_eq!(at(url).unwrap_err(), problem);
    }
}

#[test]
fn exactly_one_client_authentication_is_chosen() {
    let none = problems(expecting(Introspection::at(ENDPOINT)));
    assert_eq!(
        none,
        ["no client authentication is chosen: call `.client(..)`, or \
          `.danger_without_client_authentication()` if the issuer asks for none"]
    );
    for two in [
        client().client_in_body("api", &"s3cret".into()),
        client().bearer(&"token".into()),
        client().danger_without_client_authentication(),
    ] {
        let found = problems(expecting(two));
        assert_eq!(found, ["more than one client authentication is chosen: keep one"]);
    }
}

#[test]
fn a_secret_that_cannot_be_meant_is_refused_and_not_quoted() {
    let at = || expecting(Introspection::at(ENDPOINT));
    let padded = "has white space around it: is a line break from a file left?";
    for (builder, problem) in [
        (at().client("api", &"canary\n".into()), format!("the client secret {padded}")),
        (at().client_in_body("api", &" canary".into()), format!("the client secret {padded}")),
        (
            at().bearer(&"can\u{e4}ry".into()),
            "the token for the introspection endpoint has to be visible ASCII".to_owned(),
        ),
        (at().bearer(&" ".into()), "the token for the introspection endpoint is blank".to_owned()),
    ] {
        assert_eq!(problems(builder), [problem]);
    }
}

#[tokio::test]
async fn a_client_asks_with_both_parts_encoded() {
    let opaque = Opaque::with(|_| {
        expecting(Introspection::at(ENDPOINT).client("a:p i", &"s+%\u{fc}/&=".into()))
    });
    assert_eq!(opaque.verify("to+ke/n=&a").await, "ok");
    let request = opaque.issuer.asked(1).await;
    let credentials = STANDARD.encode("a%3Ap+i:s%2B%25%C3%BC%2F%26%3D");
    assert_eq!(request.headers["authorization"], format!("Basic {credentials}"));
    assert!(request.headers["authorization"].is_sensitive());
    assert_eq!(request.body, "token=to%2Bke%2Fn%3D%26a&token_type_hint=access_token");
}

#[tokio::test]
async fn a_client_may_ask_in_other_ways() {
    let at = || expecting(Introspection::at(ENDPOINT)).token_type_hint("opaque");
    let form = "token=abc&token_type_hint=opaque";
    for (builder, authorization, body) in [
        (
            at().client_in_body("a b", &"s&t".into()),
            None,
            format!("{form}&client_id=a+b&client_secret=s%26t"),
        ),
        (at().bearer(&"our.own".into()), Some("Bearer our.own"), form.to_owned()),
        (at().danger_without_client_authentication(), None, form.to_owned()),
    ] {
        let opaque = Opaque::with(|_| builder);
        assert_eq!(opaque.verify("abc").await, "ok");
        let request = opaque.issuer.asked(1).await;
        let found = request.headers.get("authorization").map(|value| value.to_str().unwrap());
        assert_eq!((found, &request.body[..]), (authorization, body.as_bytes()));
    }
}

#[tokio::test]
async fn neither_tokens_nor_credentials_nor_queries_print() {
    let url = format!("{ENDPOINT}?canary=1");
    for builder in [
        Introspection::at(&url).client("api", &"canary".into()),
        Introspection::at(&url).client_in_body("api", &"canary".into()),
        Introspection::at(&url).bearer(&"canary".into()),
    ] {
        let builder = expecting(builder);
        let printed = format!("{builder:?}");
        let opaque = Opaque::with(|_| builder);
        assert_eq!(opaque.verify("canary").await, "ok");
        let request = opaque.issuer.asked(1).await;
        let printed = format!("{printed} {:?} {request:?}", opaque.introspection);
        assert!(printed.contains("issuer.example/introspect"), "{printed}");
        assert!(!printed.contains("canary"), "{printed}");
    }
}
