//! Fine-grained authorization: the interface of memberships and permissions
//! (<https://workos.com/docs/reference/fga>), and the older one of warrants.
//!
//! One shop is known, `acme`, and in it whatever is not withdrawn is granted.

use serde_json::{Value, json};

use super::answer::{HOST, is_listed, keyed, not_found, ok};
use super::memberships::entries;
use super::{USER, facts};
use crate::idp::{Asking, Endpoint, Reply};

/// The one resource: its type, the application's id, WorkOS's id.
const SHOP: (&str, &str, &str) = ("shop", "acme", "authz_resource_01HFAKESHOP0000000000");

/// `POST /authorization/organization_memberships/{id}/check`.
pub(super) const CHECK: Endpoint = Endpoint {
    name: "check",
    host: HOST,
    method: "POST",
    path: "/authorization/organization_memberships/{}/check",
    is_asked: true,
    answer: |asking| keyed(asking, check),
};

/// `POST /fga/v1/check`.
pub(super) const WARRANTS: Endpoint = Endpoint {
    name: "warrants",
    host: HOST,
    method: "POST",
    path: "/fga/v1/check",
    is_asked: false,
    answer: |asking| keyed(asking, warrants),
};

fn check(asking: &Asking<'_>) -> Reply {
    let question = asking.json();
    let text = |name: &str| question[name].as_str();
    let by_id = text("resource_id");
    let by_kind = text("resource_external_id").zip(text("resource_type_slug"));
    let halves = text("resource_external_id").is_some() || text("resource_type_slug").is_some();
    let Some(permission) = text("permission_slug") else {
        return unprocessable("permission_slug", "required");
    };
    let is_there = match (by_id, by_kind) {
        (Some(_), _) if halves => return unprocessable("resource_id", "mutually_exclusive"),
        (Some(id), _) => id == SHOP.2,
        (None, Some((id, kind))) => (kind, id) == (SHOP.0, SHOP.1),
        (None, None) => return unprocessable("resource_id", "required"),
    };
    let membership = asking.captured(0);
    let known = entries(asking, USER);
    if !known.iter().any(|entry| entry["id"] == membership && entry["status"] == "active") {
        return not_found("Organization membership", membership);
    }
    if !is_there {
        return not_found("Resource", by_id.or(by_kind.map(|(id, _)| id)).unwrap_or_default());
    }
    ok(&json!({ "authorized": !is_listed(asking, facts::WITHDRAWN, permission) }))
}

fn unprocessable(field: &str, code: &str) -> Reply {
    let body = json!({
        "message": "Validation failed.",
        "errors": [{ "field": field, "code": code }],
    });
    Reply::json(422, &body)
}

fn warrants(asking: &Asking<'_>) -> Reply {
    let question = asking.json();
    let Some(checks) = question["checks"].as_array().filter(|checks| !checks.is_empty()) else {
        return unprocessable("checks", "required");
    };
    let mut granted = checks.iter().map(|check| is_warranted(asking, check));
    match question["op"].as_str() {
        Some("batch") => ok(&granted.map(result).collect()),
        Some("any_of") => ok(&result(granted.any(|it| it))),
        None | Some("all_of") => ok(&result(granted.all(|it| it))),
        Some(_) => unprocessable("op", "invalid"),
    }
}

fn is_warranted(asking: &Asking<'_>, check: &Value) -> bool {
    let relation = check["relation"].as_str().unwrap_or_default();
    let subject = &check["subject"];
    let user = subject["resource_id"].as_str().unwrap_or_default();
    check["resource_type"] == SHOP.0
        && check["resource_id"] == SHOP.1
        && subject["resource_type"] == "user"
        && !is_listed(asking, facts::GONE, user)
        && !relation.is_empty()
        && !is_listed(asking, facts::WITHDRAWN, relation)
}

fn result(is_granted: bool) -> Value {
    let result = if is_granted { "authorized" } else { "not_authorized" };
    json!({ "result": result, "is_implicit": false, "warrant_token": "wt_01HFAKE" })
}
