//! What all of WorkOS's answers have in common: the key is checked first, every answer has an id,
//! every error a message (<https://workos.com/docs/reference/errors>).

use serde_json::{Value, json};

use super::API_KEY;
use crate::idp::{Asking, Reply};

/// The host of the interface.
pub(super) const HOST: &str = "api.workos.com";

/// When users and memberships were made.
pub(super) const CREATED: &str = "2026-01-15T12:00:00.000Z";

/// Answers whoever shows the right key.
pub(super) fn keyed(asking: &Asking<'_>, answer: fn(&Asking<'_>) -> Reply) -> Reply {
    let reply = match asking.bearer() {
        Some(API_KEY) => answer(asking),
        _ => error(401, "Unauthorized"),
    };
    reply.header("x-request-id", "01HFAKEREQUEST00000000000000")
}

/// An answer that all is well.
pub(super) fn ok(body: &Value) -> Reply {
    Reply::json(200, body)
}

/// An error, with its message.
pub(super) fn error(status: u16, message: &str) -> Reply {
    Reply::json(status, &json!({ "message": message }))
}

/// An error with a message and a code.
pub(super) fn coded(status: u16, code: &str, message: &str) -> Reply {
    Reply::json(status, &json!({ "message": message, "code": code }))
}

/// There is no such thing.
pub(super) fn not_found(kind: &str, id: &str) -> Reply {
    let message = format!("{kind} not found: '{id}'.");
    let body = json!({ "message": message, "code": "entity_not_found", "entity_id": id });
    Reply::json(404, &body)
}

/// Whether a fact that is a list holds this text.
pub(super) fn is_listed(asking: &Asking<'_>, fact: &str, text: &str) -> bool {
    asking.fact(fact).as_array().is_some_and(|list| list.iter().any(|entry| entry == text))
}
