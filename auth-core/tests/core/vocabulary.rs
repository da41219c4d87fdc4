//! A vendor's words for what its users may do: where they are found, and what is not taken for them.

use auth_core::jwt::{VerifierBuilder, Vocabulary};
use auth_core::{Algorithm, Claims, Principal, Verifier};
use serde_json::{Value, json};

use crate::keys::{SECRET, mac, secret};
use crate::{finish, good_claims, verify};

/// The good claims and these, read with these words.
fn read(choose: impl FnOnce(VerifierBuilder) -> VerifierBuilder, more: &Value) -> Claims {
    let mut claims = good_claims();
    claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let verifier = finish(choose(Verifier::hmac(&secret())));
    verify(&verifier, &mac(Algorithm::HS256, SECRET, &claims)).unwrap()
}

fn spoken(vocabulary: Vocabulary, more: &Value) -> Claims {
    read(|builder| builder.vocabulary(vocabulary), more)
}

fn list<'c>(words: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    words.collect()
}

#[test]
fn the_common_words_are_read_unless_told_otherwise() {
    let claims = read(
        |builder| builder,
        &json!({
            "scope": "read write", "roles": ["admin"], "permissions": ["p:1", "p:2"],
            "org_id": "org_1",
        }),
    );
    assert!(claims.has_scope("write") && claims.has_role("admin") && claims.has_permission("p:2"));
    assert!(!claims.has_scope("p:2") && !claims.has_role("p:2") && !claims.has_permission("p:3"));
    assert_eq!(claims.organization(), Some("org_1"));
    let user: &dyn Principal = &claims;
    assert!(user.has_scope("write") && user.has_role("admin") && user.has_permission("p:2"));
    assert_eq!(user.organization(), Some("org_1"));
}

#[test]
fn a_vendors_words_replace_the_common_ones() {
    let words = Vocabulary::new()
        .scope_list(["scp"])
        .roles(["realm_access", "roles"])
        .roles(["resource_access", "my-api", "roles"])
        .permissions(["https://acme.example/permissions"])
        .organization(["o", "id"]);
    let claims = spoken(
        words,
        &json!({
            "scope": "common", "roles": ["common"], "permissions": ["common"], "org_id": "common",
            "scp": ["read", "write"],
            "realm_access": {"roles": ["a", "b"]},
            "resource_access": {"my-api": {"roles": ["c"]}, "other": {"roles": ["d"]}},
            "https://acme.example/permissions": ["p"],
            "o": {"id": "org_2"},
        }),
    );
    assert_eq!(list(claims.scopes()), ["read", "write"]);
    assert_eq!(list(claims.roles()), ["a", "b", "c"]);
    assert_eq!(list(claims.permissions()), ["p"]);
    assert_eq!(claims.organization(), Some("org_2"));
}

#[test]
fn without_words_nobody_may_anything() {
    let more = json!({"scope": "a", "roles": ["a"], "permissions": ["a"], "org_id": "a"});
    for words in [Vocabulary::new(), Vocabulary::new().roles([""; 0]).organization([""; 0])] {
        let claims = spoken(words, &more);
        assert!(!claims.has_scope("a") && !claims.has_role("a") && !claims.has_permission("a"));
        assert_eq!(claims.organization(), None);
    }
}

#[test]
fn a_name_is_one_name_whatever_is_in_it() {
    let claims = spoken(
        Vocabulary::new().roles(["a.b"]).roles(["c/d"]).roles(["e", "0"]),
        &json!({"a": {"b": ["no"]}, "c": {"d": ["no"]}, "e": ["no"], "a.b": ["yes"]}),
    );
    assert_eq!(list(claims.roles()), ["yes"]);
}

#[test]
fn a_role_is_a_text_or_in_a_list_of_texts_and_compared_whole() {
    let role = |value: Value| {
        let claims = spoken(Vocabulary::new().roles(["role"]), &json!({"role": value}));
        (claims.has_role("admin"), claims.roles().count())
    };
    assert_eq!(role(json!("admin")), (true, 1));
    assert_eq!(role(json!(["admin"])), (true, 1));
    assert_eq!(role(json!(["x", 7, null, ["admin"], {"admin": true}])), (false, 1));
    for other in [
        json!("admin user"),
        json!("admin,user"),
        json!("Admin"),
        json!("admin "),
        json!("administrator"),
        json!(["admins"]),
    ] {
        assert_eq!(role(other.clone()), (false, 1), "{other}");
    }
    for none in [json!(true), json!(1), json!(null), json!({"admin": true}), json!([])] {
        assert_eq!(role(none.clone()), (false, 0), "{none}");
    }
}

#[test]
fn nothing_is_nobodys_role_permission_or_scope() {
    let more = json!({"roles": ["", "a"], "permissions": "", "scope": "  a  ", "scp": ["", "b"]});
    let words = Vocabulary::default().scope_list(["scp"]);
    let claims = spoken(words, &more);
    assert!(!claims.has_role("") && !claims.has_permission("") && !claims.has_scope(""));
    assert_eq!((list(claims.roles()), list(claims.scopes())), (vec!["a"], vec!["a", "b"]));
}

#[test]
fn a_list_is_no_spaced_text_and_a_spaced_text_no_list() {
    let words = || Vocabulary::new().scopes(["scope"]).scope_list(["scp"]);
    let claims = spoken(words(), &json!({"scope": ["admin"], "scp": "admin"}));
    assert_eq!(claims.scopes().count(), 0);
    let claims = spoken(words(), &json!({"scope": "a b", "scp": ["c d"]}));
    assert_eq!(list(claims.scopes()), ["a", "b", "c d"]);
}

#[test]
fn the_organization_is_the_first_text_that_is_not_empty() {
    let words = || Vocabulary::new().organization(["org_id"]).organization(["tenant", "id"]);
    for (more, organization) in [
        (json!({"org_id": "a", "tenant": {"id": "b"}}), Some("a")),
        (json!({"tenant": {"id": "b"}}), Some("b")),
        (json!({"org_id": "", "tenant": {"id": "b"}}), Some("b")),
        (json!({"org_id": 7, "tenant": "b"}), None),
        (json!({"org_id": ["a"]}), None),
        (json!({}), None),
    ] {
        assert_eq!(spoken(words(), &more).organization(), organization, "{more}");
    }
}

#[test]
fn claims_are_the_same_claims_in_any_words() {
    let more = json!({"groups": ["a"]});
    let common = read(|builder| builder, &more);
    let theirs = common.clone().speaking(&Vocabulary::new().roles(["groups"]).into());
    assert_eq!(common, theirs);
    assert!(theirs.has_role("a") && !common.has_role("a"));
}

#[test]
fn a_service_is_named_by_another_claim_where_its_subject_is_empty() {
    let verdict = |vocabulary: Option<Vocabulary>, more: Value| {
        let mut claims = good_claims();
        claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let builder = Verifier::hmac(&secret());
        let builder = match vocabulary {
            Some(vocabulary) => builder.vocabulary(vocabulary),
            None => builder,
        };
        let claims =
            verify(&finish(builder), &mac(Algorithm::HS256, SECRET, &claims)).map_err(|e| e.code());
        claims.map(|claims| claims.subject().to_owned())
    };
    let words = || Some(Vocabulary::new().service(["common_name"]));
    let service = json!({"sub": "", "common_name": "robot"});
    assert_eq!(verdict(words(), service.clone()).as_deref(), Ok("robot"));
    assert_eq!(verdict(None, service).as_deref(), Err(&"claim_malformed"));
    let user = json!({"sub": "user-7", "common_name": "robot"});
    assert_eq!(verdict(words(), user).as_deref(), Ok("user-7"));
    for nobody in [
        json!({"sub": ""}),
        json!({"sub": "", "common_name": ""}),
        json!({"sub": "", "common_name": 1}),
    ] {
        assert_eq!(verdict(words(), nobody).as_deref(), Err(&"claim_malformed"));
    }
    let none = json!({"sub": null, "common_name": "robot"});
    assert_eq!(verdict(words(), none).as_deref(), Err(&"claim_malformed"));
}
