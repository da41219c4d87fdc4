//! What is known of a user, and what of it prints.

use auth_conformance::idp::workos::{MEMBERSHIP, ORGANIZATION, USER, WorkOsFake, facts};
use auth_core::{Configured, Principal};
use auth_providers::{WorkOs, WorkOsMembership};
use serde_json::json;

use super::authenticated;

#[tokio::test]
async fn a_fetched_user_is_known_by_what_workos_says() {
    let fake = WorkOsFake::start().await;
    let workos = built(&fake);
    let token = fake.token(|draft| draft.claim("act", json!({"sub": "staff@acme.example"})));
    let user = authenticated(&workos, &token).await.unwrap();
    assert_eq!((user.subject(), user.workos_id()), (USER, Some(USER)));
    assert_eq!((user.email(), user.email_verified()), (Some("ada@acme.example"), Some(true)));
    assert_eq!((user.name(), user.external_id()), (Some("Ada"), Some("7")));
    assert_eq!(user.impersonator(), Some("staff@acme.example"));
    assert_eq!(user.session_id(), Some("session_01HFAKESESSION00000000000"));
    assert_eq!(user.organization(), Some(ORGANIZATION));
    assert_eq!(user.membership_id(), Some(MEMBERSHIP));
    assert!(user.has_role("member") && !user.has_role("admin"));
    let membership = user.membership().unwrap();
    assert_eq!(membership.organization_name(), Some("Acme"));
    assert_eq!(membership.roles().collect::<Vec<_>>(), ["member"]);

    let printed = format!("{user:?} {user:#?} {:?} {:?}", user.memberships(), workos.provider());
    for hidden in ["ada@", "Ada", USER, MEMBERSHIP, ORGANIZATION, "staff@", "sk_test"] {
        assert!(!printed.contains(hidden), "{hidden}: {printed}");
    }
}

#[tokio::test]
async fn of_several_memberships_none_is_guessed() {
    let fake = WorkOsFake::start().await;
    let other = json!({"id": "om_other", "organization_id": "org_other"});
    let own = json!({"id": MEMBERSHIP, "organization_id": ORGANIZATION});
    fake.issuer.set_fact(facts::MEMBERSHIPS, json!([other, own]));
    let workos = built(&fake);
    let user = authenticated(&workos, &fake.token(|it| it.without("org_id"))).await.unwrap();
    assert_eq!((user.organization(), user.membership_id()), (None, None));
    assert!(!user.has_role("member"), "a role belongs to an organization");
    let ids: Vec<_> = user.memberships().unwrap().iter().map(WorkOsMembership::id).collect();
    assert_eq!(ids, ["om_other", MEMBERSHIP]);

    let user = authenticated(&workos, &fake.good_token()).await.unwrap();
    assert_eq!(user.membership_id(), Some(MEMBERSHIP));
}

#[tokio::test]
async fn trusted_claims_reach_names_with_slashes_and_objects() {
    let fake = WorkOsFake::start().await;
    let builder = WorkOs::builder().trust_jwt_claims(true).fetch_memberships(false);
    let workos = builder
        .user_id_claim("https://acme.example/id")
        .workos_id_claim("/urn:acme:user/workos~1id")
        .email_claim("/urn:acme:user/email")
        .organization_id_claim("https://acme.example/org")
        .organization_membership_id_claim("om")
        .roles_claim("user_role")
        .permissions_claim("/urn:acme:user/may")
        .organization("org_7")
        .build_in(&fake.environment())
        .unwrap();
    let inner = json!({"workos/id": "user_7", "email": "eve@acme.example", "may": ["read"]});
    let draft = fake.forge.good().claim("https://acme.example/id", "7");
    let draft = draft.claim("urn:acme:user", inner).claim("om", "om_7");
    let draft = draft.claim("user_role", "owner").claim("role", "authenticated");
    let token = draft.clone().claim("https://acme.example/org", "org_7").sign();
    let user = authenticated(&workos, &token).await.unwrap();
    assert_eq!((user.subject(), user.workos_id()), ("7", Some("user_7")));
    assert_eq!((user.email(), user.email_verified()), (Some("eve@acme.example"), None));
    assert_eq!((user.organization(), user.membership_id()), (Some("org_7"), Some("om_7")));
    assert!(user.has_role("owner") && !user.has_role("authenticated"));
    assert!(user.has_permission("read") && !user.has_permission("orders:read"));
    assert_eq!(user.name(), None);
    assert_eq!(fake.issuer.calls("user") + fake.issuer.calls("memberships"), 0);

    let refused = authenticated(&workos, &draft.clone().sign()).await.unwrap_err();
    assert_eq!(refused.code(), "claim_missing", "the pinned organization is the mapped claim");
    let other = draft.claim("https://acme.example/org", "org_8").sign();
    assert_eq!(authenticated(&workos, &other).await.unwrap_err().code(), "claim_mismatch");
}

#[tokio::test]
async fn a_trusted_membership_has_to_be_one_of_those_that_are_listed() {
    let fake = WorkOsFake::start().await;
    let workos = WorkOs::builder().trust_jwt_claims(true).fetch_memberships(true);
    let workos = workos.build_in(&fake.environment()).unwrap();
    let token = |id: &str| fake.token(|it| it.claim("organization_membership_id", id));
    assert!(authenticated(&workos, &token(MEMBERSHIP)).await.is_ok());
    let refused = authenticated(&workos, &token("om_stranger")).await.unwrap_err();
    assert_eq!(refused.code(), "user_inactive");
}

/// A provider that takes the fake for WorkOS.
fn built(fake: &WorkOsFake) -> Configured<WorkOs> {
    WorkOs::builder().build_in(&fake.environment()).unwrap()
}
