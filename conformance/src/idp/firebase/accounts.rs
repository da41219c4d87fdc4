//! The project's accounts: a user's id in, their account out, or an answer without one.
//! See <https://cloud.google.com/identity-platform/docs/reference/rest/v1/projects.accounts/lookup>.

use serde_json::{Value, json};

use super::{SIGNED_IN, failed, other_project, refusal};
use crate::idp::{Asking, Endpoint, Reply};

const HOST: &str = "identitytoolkit.googleapis.com";

const SCOPE: &str = "https://www.googleapis.com/auth/identitytoolkit";

/// Accounts of no tenant.
pub(super) const LOOKUP: Endpoint = Endpoint {
    name: "lookup",
    host: HOST,
    method: "POST",
    path: "/v1/projects/{}/accounts:lookup",
    is_asked: true,
    answer: |asking| lookup(asking, None),
};

/// Accounts of one tenant.
pub(super) const TENANT_LOOKUP: Endpoint = Endpoint {
    name: "tenant-lookup",
    path: "/v1/projects/{}/tenants/{}/accounts:lookup",
    is_asked: false,
    answer: |asking| lookup(asking, Some(asking.captured(1))),
    ..LOOKUP
};

fn lookup(asking: &Asking<'_>, tenant: Option<&str>) -> Reply {
    if let Some(refused) = refusal(asking, SCOPE).or_else(|| other_project(asking)) {
        return refused;
    }
    let body = asking.json();
    let Some(ids) = body["localId"].as_array() else {
        return failed(400, "INVALID_ARGUMENT", "MISSING_LOCAL_ID");
    };
    let mut answer = json!({ "kind": "identitytoolkit#GetAccountInfoResponse" });
    if asking.fact("deleted") == Value::Bool(true) {
        return Reply::json(200, &answer);
    }
    answer["users"] = ids.iter().map(|id| account(asking, id, tenant)).collect();
    Reply::json(200, &answer)
}

fn account(asking: &Asking<'_>, id: &Value, tenant: Option<&str>) -> Value {
    let since = asking.fact("valid_since").as_u64().unwrap_or(SIGNED_IN - 3600);
    let mut account = json!({
        "localId": id,
        "email": "jane@acme.example",
        "emailVerified": true,
        "passwordUpdatedAt": 1_799_000_000_000_u64,
        "providerUserInfo": [{ "providerId": "password", "federatedId": "jane@acme.example" }],
        "validSince": since.to_string(),
        "lastLoginAt": (SIGNED_IN * 1000).to_string(),
        "createdAt": "1700000000000",
        "lastRefreshAt": "2027-01-15T07:59:00Z",
    });
    if asking.fact("disabled") == Value::Bool(true) {
        account["disabled"] = json!(true);
    }
    if let Some(tenant) = tenant {
        account["tenantId"] = json!(tenant);
    }
    account
}
