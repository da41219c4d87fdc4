//! Users (<https://workos.com/docs/reference/authkit/user>): there is one of every id, but for those
//! who are gone.

use serde_json::json;

use super::answer::{CREATED, HOST, is_listed, keyed, not_found, ok};
use super::facts;
use crate::idp::{Asking, Endpoint, Reply};

/// `GET /user_management/users/{id}`.
pub(super) const USER: Endpoint = Endpoint {
    name: "user",
    host: HOST,
    method: "GET",
    path: "/user_management/users/{}",
    is_asked: true,
    answer: |asking| keyed(asking, user),
};

fn user(asking: &Asking<'_>) -> Reply {
    let id = asking.captured(0);
    if is_listed(asking, facts::GONE, id) {
        return not_found("User", id);
    }
    ok(&json!({
        "object": "user",
        "id": id,
        "email": "ada@acme.example",
        "email_verified": true,
        "first_name": "Ada",
        "last_name": null,
        "profile_picture_url": null,
        "last_sign_in_at": CREATED,
        "locale": "en",
        "external_id": "7",
        "metadata": {},
        "created_at": CREATED,
        "updated_at": CREATED,
    }))
}
