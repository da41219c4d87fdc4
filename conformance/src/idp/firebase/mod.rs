//! Firebase as a subject sees it: certificates for two keys, users' tokens with the claim `firebase`,
//! and behind a service account the accounts and the documents of the project.
//!
//! See <https://firebase.google.com/docs/auth/admin/verify-id-tokens>. Facts that change what it
//! answers: `disabled`, `deleted`, `valid_since` (of every account); `documents` (an object of user
//! ids and fields, null for none; a user who is not in it has the usual one), `no_database`;
//! `token_lifetime`, `tokens_revoked`. Read `oauth`, then `accounts` and `documents`.

mod account;
mod accounts;
mod documents;
mod keys;
mod oauth;

use serde_json::{Map, Value, json};

use super::{Asking, Reply, Vendor};
use crate::fake::NOW;

pub use account::service_account;
pub use keys::cookie_key;

crate::fake::named! {
    /// A running Firebase project.
    FirebaseFake, VENDOR
}

/// The project.
pub const PROJECT: &str = "acme-prod";

/// When the users of good tokens signed in, in seconds since 1970.
pub const SIGNED_IN: u64 = NOW - 60;

/// Firebase, with its documents and its check for revoked users.
pub const VENDOR: Vendor = Vendor {
    provider: "firebase",
    variables: &[("FIREBASE_PROJECT_ID", PROJECT), ("FIREBASE_CHECK_REVOKED", "true")],
    made: account::variables,
    subject: "kUo1HvQpXyZ8s3TfWnRbL2aCdEe1",
    claims,
    required: &["iat", "auth_time"],
    stricter: &[
        ("aud-match", "its tokens name one audience, never a list"),
        ("sig-foreign-key-no-kid", "its tokens always name their key"),
        ("kid-absent-single", "its tokens always name their key"),
    ],
    endpoints: &[
        oauth::TOKEN,
        accounts::LOOKUP,
        accounts::TENANT_LOOKUP,
        documents::DOCUMENT,
        keys::JWKS,
        keys::COOKIE_CERTIFICATES,
    ],
    ..Vendor::PLAIN
};

/// What an ID token says of somebody who signed in with a password.
fn claims() -> Map<String, Value> {
    let claims = json!({
        "auth_time": SIGNED_IN,
        "email": "jane@acme.example",
        "email_verified": true,
        "firebase": {
            "identities": { "email": ["jane@acme.example"] },
            "sign_in_provider": "password",
        },
    });
    claims.as_object().cloned().unwrap_or_default()
}

/// Google's envelope of errors.
fn failed(code: u16, status: &str, message: &str) -> Reply {
    let error = json!({ "code": code, "message": message, "status": status });
    Reply::json(code, &json!({ "error": error }))
}

/// What is wrong with the access token of a request, if anything is: it has to be one that was
/// granted, still good, and for this scope.
fn refusal(asking: &Asking<'_>, scope: &str) -> Option<Reply> {
    let granted = asking.bearer().and_then(|token| asking.fact("granted").get(token).cloned());
    let is_good = |grant: &Value| {
        grant["expires"].as_u64().is_some_and(|expires| asking.now < expires)
            && asking.fact("tokens_revoked") != Value::Bool(true)
    };
    match granted {
        Some(grant) if is_good(&grant) => {
            let scopes = grant["scope"].as_str().unwrap_or_default();
            let is_allowed = scopes.split(' ').any(|granted| granted == scope);
            (!is_allowed).then(|| {
                failed(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.")
            })
        }
        _ => Some(failed(
            401,
            "UNAUTHENTICATED",
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login \
             cookie or other valid authentication credential.",
        )),
    }
}

/// A project that is not this one: whoever asks may not know whether it is there.
fn other_project(asking: &Asking<'_>) -> Option<Reply> {
    let is_ours = asking.captured(0) == PROJECT;
    (!is_ours).then(|| failed(403, "PERMISSION_DENIED", "The caller does not have permission"))
}
