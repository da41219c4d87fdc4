//! Memberships, page by page (<https://workos.com/docs/reference/authkit/organization-membership>).
//! A cursor is the id of the last entry, so that pages need no memory; active ones only, unless
//! others are asked for.

use serde_json::{Value, json};

use super::answer::{CREATED, HOST, coded, is_listed, keyed, ok};
use super::{MEMBERSHIP, ORGANIZATION, USER, facts};
use crate::idp::{Asking, Endpoint, Reply};

/// `GET /user_management/organization_memberships`.
pub(super) const MEMBERSHIPS: Endpoint = Endpoint {
    name: "memberships",
    host: HOST,
    method: "GET",
    path: "/user_management/organization_memberships",
    is_asked: true,
    answer: |asking| keyed(asking, memberships),
};

const STATUSES: [&str; 3] = ["active", "inactive", "pending"];

fn memberships(asking: &Asking<'_>) -> Reply {
    let (user, organization) = (asking.query("user_id"), asking.query("organization_id"));
    if user.is_none() && organization.is_none() {
        let message = "Either user_id or organization_id is required.";
        return coded(400, "missing_user_id_or_organization_id", message);
    }
    let limit: usize = asking.query("limit").map_or(Ok(10), |text| text.parse()).unwrap_or(0);
    let statuses = asking.query("statuses").unwrap_or_else(|| "active".to_owned());
    let statuses: Vec<&str> = statuses.split(',').collect();
    let order = asking.query("order").unwrap_or_else(|| "desc".to_owned());
    let is_sound = (1..=100).contains(&limit)
        && statuses.iter().all(|status| STATUSES.contains(status))
        && ["asc", "desc", "normal"].contains(&order.as_str());
    if !is_sound {
        return coded(400, "invalid_request_parameters", "The request parameters are invalid.");
    }
    let mut all = entries(asking, user.as_deref().unwrap_or(USER));
    all.retain(|entry| {
        let is_named = organization.as_deref().is_none_or(|id| entry["organization_id"] == id);
        is_named && statuses.iter().any(|status| entry["status"] == *status)
    });
    if order == "asc" {
        all.reverse();
    }
    ok(&page(&all, limit, asking.query("after").as_deref()))
}

/// Those behind the cursor, as many as fit, and the cursor behind which there are more.
fn page(all: &[Value], limit: usize, after: Option<&str>) -> Value {
    let start = after.map_or(0, |cursor| {
        all.iter().position(|entry| entry["id"] == cursor).map_or(all.len(), |place| place + 1)
    });
    let end = all.len().min(start + limit);
    let more = if end < all.len() { all[end - 1]["id"].clone() } else { Value::Null };
    let before = if start > 0 && start < end { all[start]["id"].clone() } else { Value::Null };
    json!({
        "object": "list",
        "data": all[start..end],
        "list_metadata": { "before": before, "after": more },
    })
}

/// Every membership of this user, newest first.
pub(super) fn entries(asking: &Asking<'_>, user: &str) -> Vec<Value> {
    if is_listed(asking, facts::GONE, user) {
        return Vec::new();
    }
    let own = json!([{ "id": MEMBERSHIP, "organization_id": ORGANIZATION }]);
    let set = match asking.fact(facts::MEMBERSHIPS) {
        Value::Null => own,
        set => set,
    };
    set.as_array().into_iter().flatten().map(|entry| written(entry, user)).collect()
}

/// An entry with all its members.
fn written(entry: &Value, user: &str) -> Value {
    let text = |name: &str, otherwise: &str| entry[name].as_str().unwrap_or(otherwise).to_owned();
    let role = json!({ "slug": text("role", "member") });
    json!({
        "object": "organization_membership",
        "id": entry["id"],
        "user_id": user,
        "organization_id": entry["organization_id"],
        "organization_name": "Acme",
        "status": text("status", "active"),
        "directory_managed": false,
        "custom_attributes": {},
        "role": role,
        "roles": [role],
        "created_at": CREATED,
        "updated_at": CREATED,
    })
}
