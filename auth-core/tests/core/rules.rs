//! Rules about users: which decides, and what it says.

use std::sync::{Arc, Mutex};

use auth_core::access::Rule;
use auth_core::gate::{GateBuilder, Outcome};
use auth_core::{
    Algorithm, AuthError, Authenticate, Claims, Configured, Gate, Request, Token, Verifier,
};
use serde_json::{Value, json};

use crate::keys::{SECRET, mac, secret};
use crate::{AUDIENCE, ISSUER, environment, good_claims};

pub(crate) struct Acme(Verifier);

impl Authenticate for Acme {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        self.0.verify(token).await
    }
}

pub(crate) fn acme_for(name: &'static str, audience: &str) -> Configured<Acme> {
    let verifier = Verifier::hmac(&secret()).issuer(ISSUER).audience(audience);
    Configured::new(Acme(verifier.build_in(&environment()).unwrap()), name)
}

pub(crate) fn gate() -> GateBuilder<Acme> {
    Gate::builder(acme_for("acme", AUDIENCE))
}

fn bearer(claims: &Value) -> String {
    let mut all = good_claims();
    for (name, value) in claims.as_object().unwrap() {
        all[name] = value.clone();
    }
    format!("Bearer {}", mac(Algorithm::HS256, SECRET, &all))
}

/// `allowed`, `anonymous`, or the code of the refusal.
pub(crate) async fn ask(
    gate: &Gate<Acme>,
    method: &str,
    path: &str,
    claims: &Value,
) -> &'static str {
    let request = http::Request::builder().method(method).uri(path);
    let request = request.header("authorization", bearer(claims)).body(()).unwrap();
    decide(gate, &request).await
}

async fn decide(gate: &Gate<Acme>, request: &http::Request<()>) -> &'static str {
    let decision = gate.decide(&Request::from(request)).await;
    match (decision.denial(), decision.user()) {
        (Some(denial), _) => denial.code(),
        (None, Some(_)) => "allowed",
        (None, None) => "anonymous",
    }
}

#[tokio::test]
async fn without_rules_any_user_may() {
    let gate = gate().build().unwrap();
    for path in ["/", "/orders", "/a/../b", "/%61"] {
        assert_eq!(ask(&gate, "GET", path, &json!({})).await, "allowed", "{path}");
    }
}

#[tokio::test]
async fn the_first_rule_that_decides_counts_and_the_rest_is_refused() {
    let rules = [
        Rule::on("/admin/audit").role("auditor"),
        Rule::on("/admin/*").role("admin"),
        Rule::on("/orders"),
    ];
    let gate = gate().rules(rules).build().unwrap();
    let (admin, auditor) = (json!({"roles": ["admin"]}), json!({"roles": ["auditor"]}));
    for (path, claims, expected) in [
        ("/admin/users", &admin, "allowed"),
        ("/admin/users", &auditor, "access_refused"),
        ("/admin/audit", &auditor, "allowed"),
        ("/admin/audit", &admin, "access_refused"),
        ("/orders", &admin, "allowed"),
        ("/orders/7", &admin, "access_refused"),
        ("/", &admin, "access_refused"),
    ] {
        assert_eq!(ask(&gate, "GET", path, claims).await, expected, "{path}");
    }
}

#[tokio::test]
async fn a_denying_rule_decides_only_about_those_whom_it_is_about() {
    let rules = [Rule::on("/*").role("suspended").deny(), Rule::everywhere()];
    let gate = gate().rules(rules).build().unwrap();
    assert_eq!(ask(&gate, "GET", "/", &json!({"roles": ["suspended"]})).await, "access_refused");
    assert_eq!(ask(&gate, "GET", "/", &json!({"roles": ["clerk"]})).await, "allowed");
}

#[tokio::test]
async fn a_condition_that_fails_decides_nothing_but_503() {
    let broken = |_: &Claims, _: &Request<'_>| Err::<bool, _>("the database is down");
    for rule in [Rule::on("/*").condition(broken), Rule::on("/*").condition(broken).deny()] {
        let gate = gate().rule(rule).build().unwrap();
        assert_eq!(ask(&gate, "GET", "/", &json!({})).await, "authorization_failed");
    }
}

#[tokio::test]
async fn scopes_roles_and_permissions_are_whole_words() {
    let rules = [
        Rule::on("/scope").scope("read:x"),
        Rule::on("/role").any_role(["a", "b"]),
        Rule::on("/permission").permission("read").permission("write"),
    ];
    let gate = gate().rules(rules).build().unwrap();
    for (path, claims, expected) in [
        ("/scope", json!({"scope": "a read:x b"}), "allowed"),
        ("/scope", json!({"scope": "read:xyz xread:x READ:X"}), "scope_missing"),
        ("/scope", json!({"scope": "a\tread:x"}), "scope_missing"),
        ("/scope", json!({"scope": ["read:x"]}), "scope_missing"),
        ("/scope", json!({"permissions": ["read:x"]}), "scope_missing"),
        ("/role", json!({"roles": ["b"]}), "allowed"),
        ("/role", json!({"roles": "a b"}), "access_refused"),
        ("/role", json!({"roles": [["a"]]}), "access_refused"),
        ("/permission", json!({"permissions": ["write", "read"]}), "allowed"),
        ("/permission", json!({"permissions": ["read"]}), "access_refused"),
    ] {
        assert_eq!(ask(&gate, "GET", path, &claims).await, expected, "{path} {claims}");
    }
}

#[tokio::test]
async fn methods_are_those_that_are_named_and_head_follows_get() {
    let rules = [Rule::on("/a").methods(["GET"]), Rule::on("/b").methods(["POST", "PUT"])];
    let gate = gate().rules(rules).build().unwrap();
    for (method, path, expected) in [
        ("GET", "/a", "allowed"),
        ("HEAD", "/a", "allowed"),
        ("POST", "/a", "access_refused"),
        ("OPTIONS", "/a", "access_refused"),
        ("get", "/a", "access_refused"),
        ("PROPFIND", "/a", "access_refused"),
        ("PUT", "/b", "allowed"),
        ("GET", "/b", "access_refused"),
    ] {
        assert_eq!(ask(&gate, method, path, &json!({})).await, expected, "{method} {path}");
    }
}

#[tokio::test]
async fn a_path_that_could_be_read_in_two_ways_is_refused_before_the_token_is_looked_at() {
    let gate = gate().rule(Rule::everywhere()).build().unwrap();
    for path in ["/a/../b", "//a", "/%61", "/a%2fb", "/a;x", "/a%00"] {
        let request = http::Request::get(path).body(()).unwrap();
        assert_eq!(decide(&gate, &request).await, "target_ambiguous", "{path}");
    }
}

#[tokio::test]
async fn a_slash_at_the_end_gets_around_no_rule() {
    let rules = [Rule::on("/admin").role("admin"), Rule::everywhere()];
    let gate = gate().rules(rules).build().unwrap();
    assert_eq!(ask(&gate, "GET", "/admin/", &json!({})).await, "access_refused");
    assert_eq!(ask(&gate, "GET", "/admin/", &json!({"roles": ["admin"]})).await, "allowed");
    assert_eq!(ask(&gate, "GET", "/other/", &json!({})).await, "allowed");
}

#[tokio::test]
async fn a_preflight_passes_where_it_was_asked_for() {
    let preflight = |method: &str, headers: &[&str]| {
        let request = http::Request::builder().method(method).uri("/orders");
        let add = |request: http::request::Builder, name: &&str| request.header(*name, "x");
        headers.iter().fold(request, add).body(()).unwrap()
    };
    let both = ["origin", "access-control-request-method"];
    let open = gate().allow_cors_preflights().build().unwrap();
    assert_eq!(decide(&open, &preflight("OPTIONS", &both)).await, "anonymous");
    for (method, headers) in [("OPTIONS", &both[..1]), ("OPTIONS", &both[1..]), ("GET", &both[..])]
    {
        assert_eq!(decide(&open, &preflight(method, headers)).await, "token_missing");
    }
    let closed = gate().build().unwrap();
    assert_eq!(decide(&closed, &preflight("OPTIONS", &both)).await, "token_missing");
}

#[tokio::test]
async fn a_group_has_a_provider_of_its_own() {
    let gate = gate().group(["/b/*"], acme_for("b", "audience-b")).build().unwrap();
    let theirs = json!({"aud": "audience-b"});
    for (path, claims, expected) in [
        ("/a", &json!({}), "allowed"),
        ("/a", &theirs, "audience_mismatch"),
        ("/b/x", &theirs, "allowed"),
        ("/b", &theirs, "allowed"),
        ("/B/x", &theirs, "allowed"),
        ("/b/x", &json!({}), "audience_mismatch"),
        ("/a/../b/x", &theirs, "target_ambiguous"),
    ] {
        assert_eq!(ask(&gate, "GET", path, claims).await, expected, "{path}");
    }
}

#[tokio::test]
async fn every_decision_is_told_without_the_token() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&heard);
    let gate = gate().public(["/open"]).on_decision(move |event| {
        let is_denied = matches!(event.outcome, Outcome::Denied(_));
        assert_eq!(is_denied, !["allowed", "anonymous"].contains(&event.code()));
        assert!(!format!("{event:?}").contains("eyJ"));
        let line = format!("{} {} {} {}", event.provider, event.method, event.path, event.code());
        listener.lock().unwrap().push(line);
    });
    let gate = gate.build().unwrap();
    ask(&gate, "GET", "/orders", &json!({})).await;
    ask(&gate, "GET", "/open", &json!({})).await;
    ask(&gate, "POST", "/orders", &json!({"exp": 1})).await;
    let expected =
        ["acme GET /orders allowed", "acme GET /open anonymous", "acme POST /orders expired"];
    assert_eq!(*heard.lock().unwrap(), expected);
}
