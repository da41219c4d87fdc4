//! What Clerk's backend API answers, in its own shapes and words
//! (<https://clerk.com/docs/reference/backend-api>): the key is checked first, then the quota, then
//! the question.

use serde_json::{Map, Value, json};

use super::{Asking, Reply};

/// The instance's secret key.
pub(super) const SECRET_KEY: &str = "sk_live_kQ3vWm8sYp1xTz6bRn4cJd9hLf2gAe7u";

/// The user of good tokens, and the organization in which they act.
pub(super) const USER: &str = "user_2aZbXcYdWeVfUgThSiRj";
pub(super) const ORGANIZATION: &str = "org_2pQrStUvWxYzAbCdEfGh";
pub(super) const SLUG: &str = "acme";

/// Entries a page: unless told otherwise, and at most.
const PAGE: usize = 10;
const MOST: usize = 500;

/// An error with its code, as every endpoint says it.
fn error(status: u16, code: &str, message: &str) -> Reply {
    let body = json!({
        "errors": [{"message": message, "long_message": message, "code": code}],
        "clerk_trace_id": "4f1c2b3a4d5e6f708192a3b4c5d6e7f8",
    });
    Reply::json(status, &body)
}

/// Refuses a wrong key, and whoever asks too often.
fn admitted(asking: &Asking<'_>) -> Result<(), Reply> {
    if asking.bearer() != Some(SECRET_KEY) {
        let message = "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret \
                       Key is correct.";
        return Err(error(401, "clerk_key_invalid", message));
    }
    match asking.fact("quota").as_u64() {
        None => Ok(()),
        Some(0) => {
            let message = "Too many requests. Please try again in a bit.";
            Err(error(429, "too_many_requests", message).header("retry-after", "10"))
        }
        Some(left) => {
            asking.set_fact("quota", left - 1);
            Ok(())
        }
    }
}

fn answered(asking: &Asking<'_>, answer: impl FnOnce() -> Reply) -> Reply {
    admitted(asking).err().unwrap_or_else(answer)
}

/// The backend's key set, for whoever shows the secret key; no quota holds for it.
pub(super) fn keys(asking: &Asking<'_>) -> Reply {
    match admitted(asking) {
        Err(refusal) if refusal.status == 401 => refusal,
        _ => Reply::keys([asking.keys.current.jwk(), asking.keys.next.jwk()]),
    }
}

/// A page of a user's memberships, the newest first.
pub(super) fn memberships(asking: &Asking<'_>) -> Reply {
    answered(asking, || {
        let user = asking.captured(0);
        if asking.fact("nobody") == true {
            let message = format!("No user was found with id {user}");
            return error(404, "resource_not_found", &message);
        }
        let number = |name: &str, absent| {
            asking.query(name).map_or(Some(absent), |text| text.parse::<usize>().ok())
        };
        let limit = number("limit", PAGE).filter(|limit| (1..=MOST).contains(limit));
        let (Some(limit), Some(offset)) = (limit, number("offset", 0)) else {
            return error(422, "form_param_value_invalid", "limit has to be between 1 and 500");
        };
        let all = match asking.fact("memberships") {
            Value::Array(all) => all,
            _ => vec![membership(ORGANIZATION, SLUG, "org:admin")],
        };
        let page: Vec<_> = all.iter().skip(offset).take(limit).map(|it| of(it, user)).collect();
        Reply::json(200, &json!({"data": page, "total_count": all.len()}))
    })
}

/// A membership of the user who is asked about.
fn of(membership: &Value, user: &str) -> Value {
    let mut membership = membership.clone();
    if membership["public_user_data"]["user_id"].is_null() {
        membership["public_user_data"]["user_id"] = json!(user);
    }
    membership
}

/// A membership as the API tells it, with the permissions of both of the good token's features.
pub fn membership(organization: &str, slug: &str, role: &str) -> Value {
    json!({
        "object": "organization_membership",
        "id": format!("orgmem_{slug}"),
        "role": role,
        "role_name": role.trim_start_matches("org:"),
        "permissions": [
            "org:sys_memberships:read", "org:dashboard:manage", "org:dashboard:read",
            "org:teams:manage", "org:teams:read",
        ],
        "public_metadata": {},
        "private_metadata": {},
        "created_at": 1_790_000_000_000_u64,
        "updated_at": 1_790_000_000_000_u64,
        "organization": {
            "object": "organization",
            "id": organization,
            "name": slug,
            "slug": slug,
            "image_url": "https://img.clerk.com/acme",
            "has_image": false,
            "max_allowed_memberships": 5,
            "admin_delete_enabled": true,
            "public_metadata": {},
            "private_metadata": {},
            "created_at": 1_790_000_000_000_u64,
            "updated_at": 1_790_000_000_000_u64,
            "role_set_key": "role_set:default",
        },
        "public_user_data": {
            "identifier": "ada@acme.example",
            "first_name": "Ada",
            "last_name": null,
            "image_url": "https://img.clerk.com/ada",
            "has_image": false,
            "user_id": null,
        },
    })
}

/// What the API says of a machine's token, an OAuth token (its id `oat_…`) or an API key. `more`
/// replaces members.
pub fn standing(id: &str, subject: &str, more: &Value) -> Value {
    let object = match id.split('_').next() {
        Some("oat") => "clerk_idp_oauth_access_token",
        Some("ak") => "api_key",
        _ => "machine_to_machine_token",
    };
    let mut members = Map::from_iter([
        ("object".to_owned(), json!(object)),
        ("id".to_owned(), json!(id)),
        ("subject".to_owned(), json!(subject)),
        ("scopes".to_owned(), json!([])),
        ("claims".to_owned(), Value::Null),
        ("revoked".to_owned(), json!(false)),
        ("revocation_reason".to_owned(), Value::Null),
        ("expired".to_owned(), json!(false)),
        ("expiration".to_owned(), Value::Null),
        ("last_used_at".to_owned(), Value::Null),
        ("created_at".to_owned(), json!(1_790_000_000_000_u64)),
        ("updated_at".to_owned(), json!(1_790_000_000_000_u64)),
    ]);
    members.extend(more.as_object().cloned().unwrap_or_default());
    Value::Object(members)
}

/// Whose a machine's token is.
pub(super) fn machine(asking: &Asking<'_>) -> Reply {
    verified(asking, "token", "mt_")
}

/// Whose an API key is.
pub(super) fn api_key(asking: &Asking<'_>) -> Reply {
    verified(asking, "secret", "ak_")
}

/// For whom an OAuth client acts.
pub(super) fn oauth(asking: &Asking<'_>) -> Reply {
    verified(asking, "access_token", "oat_")
}

/// What the fact `tokens` says of the token in this member of the body.
fn verified(asking: &Asking<'_>, member: &str, prefix: &str) -> Reply {
    answered(asking, || {
        let question = asking.json();
        let Some(token) = question[member].as_str() else {
            let message = format!("{member} is missing");
            return error(400, "bad_request", &message);
        };
        let known = asking.fact("tokens")[token].clone();
        if !token.starts_with(prefix) || known.is_null() {
            return error(404, "resource_not_found", "No token was found");
        }
        Reply::json(200, &known)
    })
}
