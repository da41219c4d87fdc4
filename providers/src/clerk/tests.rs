//! What a session token says, in both versions of its claims; what is wrong with options, in words.

use auth_core::config::{Environment, Vars};
use auth_core::{Claims, Principal};
use serde_json::{Value, json};

use super::provider::Clerk;
use super::session::{Pending, Session};
use super::user::ClerkUser;

fn claims(more: Value) -> Claims {
    let mut members = json!({"sub": "user_1", "sid": "sess_1"}).as_object().unwrap().clone();
    if let Value::Object(more) = more {
        members.extend(more);
    }
    Claims::vouched_for(members)
}

fn user(more: Value) -> ClerkUser {
    let claims = claims(more);
    ClerkUser::of_session(claims.clone(), Session::read(&claims, Pending::Refused).unwrap())
}

/// The code of the refusal, and the claim that it names.
fn refusal(more: Value) -> (&'static str, String) {
    let error = Session::read(&claims(more), Pending::Refused).unwrap_err();
    (error.code(), error.claim().unwrap_or_default().to_owned())
}

fn first() -> Value {
    json!({
        "org_id": "org_1", "org_slug": "acme", "org_role": "org:admin",
        "org_permissions": ["org:teams:read"],
    })
}

fn second() -> Value {
    json!({
        "v": 2, "pla": "o:pro", "fea": "o:teams,u:export",
        "o": {"id": "org_1", "slg": "acme", "rol": "admin", "per": "manage,read", "fpm": "2"},
    })
}

fn both(changed: &str, value: Value) -> Value {
    let mut claims = second();
    let first = first().as_object().unwrap().clone();
    claims.as_object_mut().unwrap().extend(first);
    claims[changed] = value;
    claims
}

#[test]
fn both_versions_say_the_same_of_an_organization() {
    for user in [user(first()), user(second()), user(both("jti", json!("1")))] {
        assert_eq!(user.organization_id(), Some("org_1"));
        assert_eq!(user.organization_slug(), Some("acme"));
        assert_eq!(user.organization_role(), Some("org:admin"));
        assert_eq!(user.organization_permissions().collect::<Vec<_>>(), ["org:teams:read"]);
        assert!(user.has_role("org:admin") && !user.has_role("admin"));
        assert!(user.has_permission("org:teams:read") && !user.has_permission("org:teams:manage"));
        assert!(user.acts_in("org_1") && user.acts_in("acme"));
        assert!(!user.acts_in("org_2") && !user.acts_in("ACME"));
    }
}

#[test]
fn a_token_whose_versions_disagree_is_refused() {
    let wrong = [
        ("org_id", json!("org_2")),
        ("org_slug", json!("other")),
        ("org_role", json!("org:member")),
        ("org_permissions", json!(["org:teams:manage"])),
        ("org_permissions", json!([])),
    ];
    for (name, value) in wrong {
        assert_eq!(refusal(both(name, value)), ("claim_mismatch", name.to_owned()));
    }
    let nowhere = json!({"v": 2, "org_id": "org_1"});
    assert_eq!(refusal(nowhere), ("claim_mismatch", "org_id".to_owned()));
    let nobody = json!({"v": 2, "org_permissions": []});
    assert_eq!(refusal(nobody), ("claim_mismatch", "org_permissions".to_owned()));
}

#[test]
fn the_second_versions_organization_without_its_version_has_to_agree_too() {
    let mut agreed = both("v", json!(1));
    assert_eq!(user(agreed.clone()).organization_id(), Some("org_1"));
    agreed["o"]["rol"] = json!("member");
    assert_eq!(refusal(agreed), ("claim_mismatch", "o".to_owned()));
    let alone = json!({"o": {"id": "org_1"}});
    assert_eq!(refusal(alone), ("claim_mismatch", "o".to_owned()));
}

#[test]
fn claims_of_another_form_are_refused_and_never_guessed() {
    let malformed = [
        ("o", json!({"v": 2, "o": "org_1"})),
        ("o", json!({"v": 2, "o": {"slg": "acme"}})),
        ("o", json!({"v": 2, "o": {"id": "org_1", "rol": ["admin"]}})),
        ("fea", json!({"v": 2, "fea": "teams"})),
        ("fea", json!({"v": 2, "fea": ["o:teams"]})),
        ("org_permissions", json!({"org_id": "org_1", "org_permissions": "org:teams:read"})),
        ("org_id", json!({"org_id": ""})),
        ("sts", json!({"sts": true})),
        ("act", json!({"act": "user_2"})),
        ("act", json!({"act": {"sub": ""}})),
    ];
    for (name, more) in malformed {
        assert_eq!(refusal(more), ("claim_malformed", name.to_owned()));
    }
    assert_eq!(refusal(json!({"org_role": "org:admin"})).0, "claim_missing");
    for version in [json!(3), json!("2"), json!(null)] {
        assert_eq!(refusal(json!({"v": version})), ("claim_mismatch", "v".to_owned()));
    }
}

#[test]
fn a_session_is_a_users_and_active() {
    for sub in ["mch_1", "org_1"] {
        assert_eq!(refusal(json!({"sub": sub})), ("claim_mismatch", "sub".to_owned()));
    }
    for status in ["pending", "ended", ""] {
        assert_eq!(refusal(json!({"sts": status})), ("claim_mismatch", "sts".to_owned()));
    }
    let read = |sts: &str| Session::read(&claims(json!({"sts": sts})), Pending::Accepted);
    assert!(read("pending").is_ok() && read("active").is_ok());
    assert_eq!(read("ended").unwrap_err().code(), "claim_mismatch");
}

#[test]
fn plan_features_and_actor_are_told_and_never_printed() {
    let mut more = second();
    more["act"] = json!({"sub": "user_staff", "iss": "https://dashboard.example"});
    let user = user(more);
    assert_eq!(user.plan(), Some("o:pro"));
    assert_eq!(user.organization_features().collect::<Vec<_>>(), ["teams"]);
    assert_eq!(user.user_features().collect::<Vec<_>>(), ["export"]);
    assert_eq!((user.id(), user.actor()), ("user_1", Some("user_staff")));
    assert!(user.is_impersonated());
    let printed = format!("{user:?}");
    for told in ["user_1", "sess_1", "user_staff", "org_1", "acme", "pro"] {
        assert!(!printed.contains(told), "{printed}");
    }
}

const KEY: &str = "pk_test_ZXhhbXBsZS5jbGVyay5hY2NvdW50cy5kZXYk";

/// What is said of these variables.
fn complaint(vars: &[(&'static str, &'static str)]) -> String {
    let vars = vars.iter().copied().chain([("CLERK_PUBLISHABLE_KEY", KEY)]);
    let environment = Environment::process().with_vars(vars.collect::<Vars>());
    Clerk::builder().build_in(&environment).unwrap_err().to_string()
}

#[test]
fn what_asks_clerk_needs_the_secret_key_of_the_same_instance() {
    let memberships = complaint(&[("CLERK_FETCH_MEMBERSHIPS", "true")]);
    assert!(memberships.contains("`fetch_memberships` asks Clerk itself: call"), "{memberships}");
    let machines = complaint(&[("CLERK_MACHINE_TOKENS", "api-key")]);
    assert!(machines.contains("`machine_tokens` asks Clerk itself"), "{machines}");
    let other = complaint(&[("CLERK_SECRET_KEY", "sk_live_of_another_instance")]);
    assert!(other.contains("has to begin with sk_test_"), "{other}");
    assert!(!other.contains("another_instance"), "{other}");
}

#[test]
fn options_that_contradict_each_other_are_mistakes() {
    let keys = complaint(&[("CLERK_JWKS_URI", "https://a.example"), ("CLERK_JWT_KEY", "pem")]);
    assert!(keys.contains("`jwks_uri` and `jwt_key` contradict each other"), "{keys}");
    let backend = complaint(&[("CLERK_JWKS_URI", "https://api.clerk.com/v1/jwks")]);
    assert!(backend.contains("asks for the secret key: leave it out"), "{backend}");
    let satellite = complaint(&[("CLERK_DOMAIN", "shop.example")]);
    assert!(satellite.contains("has no satellite domains"), "{satellite}");
}

#[test]
fn lists_that_no_token_or_every_token_would_meet_are_mistakes() {
    let path = complaint(&[("CLERK_AUTHORIZED_PARTIES", "https://app.example/")]);
    assert!(path.contains("without a path and without a slash"), "{path}");
    let environment =
        Environment::process().with_vars(Vars::from([("CLERK_PUBLISHABLE_KEY", KEY)]));
    let none = Clerk::builder().authorized_parties(Vec::<String>::new()).build_in(&environment);
    assert!(none.unwrap_err().to_string().contains("no token could pass"));
    let nobody = [("CLERK_MACHINE_TOKENS", "m2m"), ("CLERK_SECRET_KEY", "sk_test_1")];
    assert!(complaint(&nobody).contains("which machine this server is"));
    let long = [("CLERK_CACHE_FOR", "1h"), ("CLERK_FETCH_MEMBERSHIPS", "1"), nobody[1]];
    assert!(complaint(&long).contains("at most 300 s"));
}
