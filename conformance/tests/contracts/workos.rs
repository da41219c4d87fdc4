//! WorkOS (<https://workos.com/docs/reference>): users, memberships, permissions, API keys, and what
//! all of its answers have in common.

use auth_conformance::idp::workos::{
    API_KEY, CLIENT_ID, MEMBERSHIP, ORGANIZATION, USER, USERS_KEY, WorkOsFake, facts,
};
use auth_core::http::HttpRequest;
use http::{HeaderValue, Method};
use serde_json::{Value, json};

const MEMBERSHIPS: &str = "/user_management/organization_memberships";

/// A question with this key, and the status, the body and whether the answer has an id.
async fn asked(
    fake: &WorkOsFake,
    key: &str,
    method: Method,
    path: &str,
    body: &Value,
) -> (u16, Value, bool) {
    let url = format!("https://api.workos.com{path}").parse().unwrap();
    let mut request = HttpRequest::get(url);
    request.method = method;
    request.body = body.to_string().into();
    let key = HeaderValue::from_str(&format!("Bearer {key}")).unwrap();
    request.headers.insert("authorization", key);
    let answer = fake.environment().http().send(request).await.unwrap();
    let body = serde_json::from_slice(&answer.body).unwrap();
    (answer.status.as_u16(), body, answer.headers.contains_key("x-request-id"))
}

async fn get(fake: &WorkOsFake, path: &str) -> (u16, Value) {
    let (status, body, _) = asked(fake, API_KEY, Method::GET, path, &Value::Null).await;
    (status, body)
}

async fn post(fake: &WorkOsFake, path: &str, body: Value) -> (u16, Value) {
    let (status, body, _) = asked(fake, API_KEY, Method::POST, path, &body).await;
    (status, body)
}

fn names(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// <https://workos.com/docs/reference/errors>
#[tokio::test]
async fn every_answer_has_an_id_and_a_wrong_key_gets_401_with_a_message() {
    let fake = WorkOsFake::start().await;
    let check = format!("/authorization/organization_memberships/{MEMBERSHIP}/check");
    let user = format!("/user_management/users/{USER}");
    for (method, path) in [
        (Method::GET, user.as_str()),
        (Method::GET, MEMBERSHIPS),
        (Method::POST, &check),
        (Method::POST, "/fga/v1/check"),
        (Method::POST, "/api_keys/validations"),
    ] {
        for key in ["sk_wrong", ""] {
            let (status, body, has_id) =
                asked(&fake, key, method.clone(), path, &Value::Null).await;
            assert_eq!((status, body["message"].as_str()), (401, Some("Unauthorized")), "{path}");
            assert!(has_id, "{path}");
        }
    }
    let (status, _, has_id) = asked(&fake, API_KEY, Method::GET, &user, &Value::Null).await;
    assert_eq!((status, has_id), (200, true));
}

/// <https://workos.com/docs/reference/authkit/user>
#[tokio::test]
async fn a_user_has_all_members_and_one_who_is_gone_is_an_entity_not_found() {
    let fake = WorkOsFake::start().await;
    let path = format!("/user_management/users/{USER}");
    let (status, user) = get(&fake, &path).await;
    assert_eq!((status, &user["id"], &user["object"]), (200, &json!(USER), &json!("user")));
    assert_eq!(
        names(&user),
        [
            "created_at",
            "email",
            "email_verified",
            "external_id",
            "first_name",
            "id",
            "last_name",
            "last_sign_in_at",
            "locale",
            "metadata",
            "object",
            "profile_picture_url",
            "updated_at"
        ]
    );
    fake.issuer.set_fact(facts::GONE, json!([USER]));
    let (status, error) = get(&fake, &path).await;
    assert_eq!((status, &error["code"]), (404, &json!("entity_not_found")));
    assert_eq!(names(&error), ["code", "entity_id", "message"]);
}

/// <https://workos.com/docs/reference/authkit/organization-membership/list>
#[tokio::test]
async fn memberships_are_active_ones_unless_others_are_asked_for() {
    let fake = WorkOsFake::start().await;
    let entry = |id: &str, status: &str| json!({"id": id, "organization_id": format!("org_{id}"), "status": status});
    let all = ["active", "inactive", "pending"].map(|status| entry(status, status));
    fake.issuer.set_fact(facts::MEMBERSHIPS, json!(all));
    let ids = async |query: &str| {
        let (status, list) = get(&fake, &format!("{MEMBERSHIPS}?{query}")).await;
        assert_eq!((status, &list["object"]), (200, &json!("list")), "{query}");
        let ids = list["data"].as_array().unwrap().iter().map(|it| it["id"].clone());
        Value::Array(ids.collect())
    };
    assert_eq!(ids("user_id=user_1").await, json!(["active"]));
    assert_eq!(
        ids("user_id=user_1&statuses=inactive,pending").await,
        json!(["inactive", "pending"])
    );
    let every = "statuses=active,inactive,pending";
    assert_eq!(ids(&format!("organization_id=org_pending&{every}")).await, json!(["pending"]));
    assert_eq!(
        ids(&format!("user_id=user_1&{every}&order=asc")).await,
        json!(["pending", "inactive", "active"])
    );
    let (_, list) = get(&fake, &format!("{MEMBERSHIPS}?user_id=user_1")).await;
    assert_eq!(
        names(&list["data"][0]),
        [
            "created_at",
            "custom_attributes",
            "directory_managed",
            "id",
            "object",
            "organization_id",
            "organization_name",
            "role",
            "roles",
            "status",
            "updated_at",
            "user_id"
        ]
    );
    assert_eq!(list["data"][0]["user_id"], "user_1");
    assert_eq!(list["data"][0]["role"], json!({"slug": "member"}));
}

#[tokio::test]
async fn memberships_come_in_pages_whose_cursors_need_no_memory() {
    let fake = WorkOsFake::start().await;
    let entry = |n: usize| json!({"id": format!("om_{n}"), "organization_id": format!("org_{n}")});
    fake.issuer.set_fact(facts::MEMBERSHIPS, json!((0..25).map(entry).collect::<Vec<_>>()));
    for (query, length, after) in [
        ("user_id=u", 10, json!("om_9")),
        ("user_id=u&after=om_9", 10, json!("om_19")),
        ("user_id=u&after=om_19", 5, Value::Null),
        ("user_id=u&after=om_9", 10, json!("om_19")),
        ("user_id=u&limit=100", 25, Value::Null),
        ("user_id=u&limit=25", 25, Value::Null),
        ("user_id=u&after=om_unknown", 0, Value::Null),
    ] {
        let (status, list) = get(&fake, &format!("{MEMBERSHIPS}?{query}")).await;
        assert_eq!(status, 200, "{query}");
        assert_eq!(list["data"].as_array().unwrap().len(), length, "{query}");
        assert_eq!(list["list_metadata"]["after"], after, "{query}");
    }
}

#[tokio::test]
async fn a_list_that_nobody_can_make_is_refused_with_a_code() {
    let fake = WorkOsFake::start().await;
    for (query, code) in [
        ("", "missing_user_id_or_organization_id"),
        ("limit=10", "missing_user_id_or_organization_id"),
        ("user_id=u&limit=0", "invalid_request_parameters"),
        ("user_id=u&limit=101", "invalid_request_parameters"),
        ("user_id=u&limit=ten", "invalid_request_parameters"),
        ("user_id=u&statuses=gone", "invalid_request_parameters"),
        ("user_id=u&order=random", "invalid_request_parameters"),
    ] {
        let (status, error) = get(&fake, &format!("{MEMBERSHIPS}?{query}")).await;
        assert_eq!((status, &error["code"]), (400, &json!(code)), "{query}");
        assert!(error["message"].is_string(), "{query}");
    }
}

/// <https://workos.com/docs/reference/fga>
#[tokio::test]
async fn a_check_names_its_resource_in_one_way_and_answers_yes_or_no() {
    let fake = WorkOsFake::start().await;
    fake.issuer.set_fact(facts::WITHDRAWN, json!(["orders:delete"]));
    let path = format!("/authorization/organization_memberships/{MEMBERSHIP}/check");
    let id = "authz_resource_01HFAKESHOP0000000000";
    let shop = |permission: &str| {
        json!({"permission_slug": permission, "resource_external_id": "acme",
               "resource_type_slug": "shop"})
    };
    let by_id = json!({"permission_slug": "orders:read", "resource_id": id});
    assert_eq!(post(&fake, &path, shop("orders:read")).await, (200, json!({"authorized": true})));
    assert_eq!(post(&fake, &path, by_id.clone()).await, (200, json!({"authorized": true})));
    assert_eq!(
        post(&fake, &path, shop("orders:delete")).await,
        (200, json!({"authorized": false}))
    );

    let mut both = shop("orders:read");
    both["resource_id"] = json!(id);
    let mut half = by_id.clone();
    half["resource_type_slug"] = json!("shop");
    for wrong in [both, half, json!({"permission_slug": "a"}), json!({"resource_id": id})] {
        let (status, error) = post(&fake, &path, wrong.clone()).await;
        assert_eq!(status, 422, "{wrong}");
        assert_eq!(names(&error["errors"][0]), ["code", "field"], "{wrong}");
    }
    let unknown = json!({"permission_slug": "a", "resource_id": "authz_resource_other"});
    assert_eq!(post(&fake, &path, unknown).await.0, 404);
    let stranger = "/authorization/organization_memberships/om_stranger/check";
    let (status, error) = post(&fake, stranger, by_id).await;
    assert_eq!((status, error["message"].is_string()), (404, true));
}

#[tokio::test]
async fn the_older_check_answers_one_word_or_a_list_of_them() {
    let fake = WorkOsFake::start().await;
    let check = |kind: &str, id: &str| {
        let subject = json!({"resource_type": "user", "resource_id": USER});
        json!({"resource_type": kind, "resource_id": id, "relation": "read", "subject": subject})
    };
    let (yes, no) = (check("shop", "acme"), check("shop", "other"));
    let result = async |question: Value| {
        let (status, answer) = post(&fake, "/fga/v1/check", question).await;
        assert_eq!(status, 200);
        match answer {
            Value::Array(list) => list.iter().map(|it| it["result"].clone()).collect(),
            one => one["result"].clone(),
        }
    };
    assert_eq!(result(json!({"checks": [yes]})).await, "authorized");
    assert_eq!(result(json!({"checks": [no]})).await, "not_authorized");
    assert_eq!(result(json!({"op": "any_of", "checks": [no, yes]})).await, "authorized");
    assert_eq!(result(json!({"op": "all_of", "checks": [no, yes]})).await, "not_authorized");
    let batch = result(json!({"op": "batch", "checks": [no, yes]})).await;
    assert_eq!(batch, json!(["not_authorized", "authorized"]));
    let (status, _) = post(&fake, "/fga/v1/check", json!({"checks": []})).await;
    assert_eq!(status, 422);
}

/// <https://workos.com/docs/reference/authkit/api-keys>
#[tokio::test]
async fn an_unknown_api_key_is_nobodys_and_no_error() {
    let fake = WorkOsFake::start().await;
    let path = "/api_keys/validations";
    let nobody = (200, json!({"api_key": null}));
    assert_eq!(post(&fake, path, json!({"value": "sk_unknown"})).await, nobody);
    let (_, known) = post(&fake, path, json!({"value": USERS_KEY})).await;
    let owner = json!({"type": "user", "id": USER, "organization_id": ORGANIZATION});
    assert_eq!(known["api_key"]["owner"], owner);
}

/// <https://workos.com/docs/reference/authkit/session-tokens/jwks>
#[tokio::test]
async fn each_client_has_keys_of_its_own_and_another_client_has_none() {
    let fake = WorkOsFake::start().await;
    let (status, set) = get(&fake, &format!("/sso/jwks/{CLIENT_ID}")).await;
    assert_eq!((status, set["keys"].as_array().unwrap().len()), (200, 2));
    for name in ["alg", "kid", "kty", "use", "n", "e", "x5c", "x5t#S256"] {
        assert!(!set["keys"][0][name].is_null(), "{name}");
    }
    let (status, error) = get(&fake, "/sso/jwks/client_other").await;
    assert_eq!((status, error["message"].is_string()), (404, true));
}
