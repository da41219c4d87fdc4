//! API keys of organizations and users: a wrong one is no error, but nobody's
//! (<https://workos.com/docs/reference/authkit/api-keys>).

use serde_json::{Value, json};

use super::answer::{HOST, keyed, ok};
use super::{ORGANIZATION, USER};
use crate::idp::{Asking, Endpoint, Reply};

/// A key that is somebody's.
pub const USERS_KEY: &str = "sk_user_0f1e2d3c4b5a";

/// `POST /api_keys/validations`.
pub(super) const VALIDATION: Endpoint = Endpoint {
    name: "api-keys",
    host: HOST,
    method: "POST",
    path: "/api_keys/validations",
    is_asked: false,
    answer: |asking| keyed(asking, validation),
};

fn validation(asking: &Asking<'_>) -> Reply {
    let known = asking.json()["value"] == USERS_KEY;
    let owner = json!({ "type": "user", "id": USER, "organization_id": ORGANIZATION });
    let key = json!({ "object": "api_key", "id": "api_key_01HFAKE", "owner": owner });
    ok(&json!({ "api_key": if known { key } else { Value::Null } }))
}
