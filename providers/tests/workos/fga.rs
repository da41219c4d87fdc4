//! Fine-grained authorization as a library: several questions at once, lists, and a rule for routes.

use auth_conformance::idp::Reply;
use auth_conformance::idp::workos::{MEMBERSHIP, ORGANIZATION, USER, WorkOsFake, facts};
use auth_core::{Access, Gate, Request};
use auth_providers::{Fga, FgaInterface, FgaMember, FgaNeed, FgaResource, WorkOs};
use serde_json::json;

use super::authenticated;

fn fga(fake: &WorkOsFake) -> Fga {
    let workos = WorkOs::builder().fetch_memberships(false).build_in(&fake.environment());
    workos.unwrap().provider().fga()
}

fn member() -> FgaMember {
    FgaMember::new(USER, MEMBERSHIP)
}

fn shop(permission: &str, id: &str) -> FgaNeed {
    FgaNeed::new(permission, FgaResource::external("shop", id))
}

#[tokio::test]
async fn each_need_has_its_answer_in_its_place() {
    let fake = WorkOsFake::start().await;
    fake.issuer.set_fact(facts::WITHDRAWN, json!(["orders:delete"]));
    let needs = || {
        let more =
            (0..40).map(|n| shop(&format!("p{n}"), if n % 2 == 0 { "acme" } else { "none" }));
        [shop("orders:read", "acme"), shop("orders:delete", "acme")].into_iter().chain(more)
    };
    for interface in [FgaInterface::Authorization, FgaInterface::Warrants] {
        let answers = fga(&fake).through(interface).check_all(&member(), needs()).await.unwrap();
        assert_eq!(answers.len(), 42);
        assert_eq!(answers[..2], [Access::Granted, Access::Refused], "{interface:?}");
        let is_granted =
            |(n, answer): (usize, &Access)| (n % 2 == 0) == (*answer == Access::Granted);
        assert!(answers[2..].iter().enumerate().all(is_granted), "{interface:?}: {answers:?}");
    }
    assert_eq!((fake.issuer.calls("check"), fake.issuer.calls("warrants")), (42, 42));
}

#[tokio::test]
async fn a_list_is_filtered_whole_or_not_at_all() {
    let fake = WorkOsFake::start().await;
    let fga = fga(&fake);
    let shops = || vec!["none", "acme", "other", "acme"];
    let seen = fga.filter(&member(), shops(), |id| shop("orders:read", id)).await.unwrap();
    assert_eq!(seen, ["acme", "acme"]);

    fake.issuer.misbehave("check", Reply::json(500, &json!({"message": "no"})));
    let error = fga.filter(&member(), shops(), |id| shop("orders:read", id)).await.unwrap_err();
    assert_eq!(error.code(), "upstream_unavailable");

    let calls = fake.issuer.calls("check");
    let error = fga.filter(&member(), vec![""; 201], |id| shop("a", id)).await.unwrap_err();
    assert_eq!(error.code(), "authorization_failed");
    assert_eq!(fake.issuer.calls("check"), calls, "nothing is asked that cannot be answered");
}

#[tokio::test]
async fn what_is_required_is_granted_or_refused() {
    let fake = WorkOsFake::start().await;
    let fga = fga(&fake);
    let by_id = FgaResource::id("authz_resource_01HFAKESHOP0000000000");
    let read = FgaNeed::new("orders:read", by_id);
    assert_eq!(fga.require(&member(), &read).await, Ok(()));
    fake.issuer.set_fact(facts::WITHDRAWN, json!(["orders:read"]));
    assert_eq!(fga.require(&member(), &read).await.unwrap_err().code(), "access_refused");
    let stranger = FgaMember::new("user_stranger", "om_stranger");
    let refused = fga.require(&stranger, &shop("orders:write", "acme")).await.unwrap_err();
    assert_eq!(refused.code(), "access_refused");

    let older = fga.through(FgaInterface::Warrants);
    let error = older.require(&member(), &read).await.unwrap_err();
    assert_eq!(error.code(), "upstream_unavailable", "it knows resources by type and id only");
    assert_eq!(fake.issuer.calls("warrants"), 0);
}

#[tokio::test]
async fn an_answer_is_kept_by_choice_and_not_across_interfaces() {
    let mut fake = WorkOsFake::start().await;
    let fga = fga(&fake).keeping(std::time::Duration::from_secs(5));
    let read = shop("orders:read", "acme");
    for _ in 0..3 {
        assert_eq!(fga.check(&member(), &read).await, Ok(Access::Granted));
    }
    assert_eq!(fake.issuer.calls("check"), 1);
    fake.issuer.set_fact(facts::WITHDRAWN, json!(["orders:read"]));
    let older = fga.clone().through(FgaInterface::Warrants);
    assert_eq!(older.check(&member(), &read).await, Ok(Access::Refused));
    fake.advance(5);
    assert_eq!(fga.check(&member(), &read).await, Ok(Access::Refused));
}

#[tokio::test]
async fn a_member_is_who_the_token_and_workos_say() {
    let fake = WorkOsFake::start().await;
    let workos = WorkOs::builder().fetch_memberships(false).build_in(&fake.environment()).unwrap();
    let fga = workos.provider().fga();
    let user = authenticated(&workos, &fake.good_token()).await.unwrap();
    assert_eq!(user.memberships(), None);
    assert_eq!(fga.member(&user).await, Ok(Some(member())));
    assert_eq!(fga.member(&user).await.unwrap().unwrap().membership_id(), MEMBERSHIP);
    assert_eq!(fake.issuer.calls("memberships"), 1, "it is kept");
    let elsewhere = fake.token(|draft| draft.claim("org_id", "org_other"));
    let user = authenticated(&workos, &elsewhere).await.unwrap();
    assert_eq!(fga.member(&user).await, Ok(None));
    assert_eq!(fga.check_user(&user, shop("orders:read", "acme")).await, Ok(Access::Refused));
    assert!(!format!("{:?} {fga:?}", member()).contains(ORGANIZATION));
    assert!(!format!("{:?} {fga:?}", member()).contains(MEMBERSHIP));
}

#[tokio::test]
async fn a_rule_guards_routes_and_refuses_what_needs_nothing() {
    let fake = WorkOsFake::start().await;
    let workos = WorkOs::builder().build_in(&fake.environment()).unwrap();
    let fga = workos.provider().fga();
    let gate = Gate::new(workos.authorize_user_async(fga.rule(|_user, request| {
        let id = request.path().strip_prefix("/shops/")?;
        Some(shop("orders:read", id))
    })));
    let token = fake.good_token();
    let code = async |path: &str| {
        let request = http::Request::get(path).header("authorization", format!("Bearer {token}"));
        let request = request.body(()).unwrap();
        let decision = gate.decide(&Request::from(&request)).await;
        decision.denial().map_or("allow", |denial| denial.code())
    };
    assert_eq!(code("/shops/acme").await, "allow");
    assert_eq!(code("/shops/none").await, "access_refused");
    assert_eq!(code("/orders").await, "access_refused");
    fake.issuer.misbehave("check", Reply::json(500, &json!({"message": "no"})));
    assert_eq!(code("/shops/acme").await, "upstream_unavailable");
}
