//! Clerk's backend API: the secret key in, an interface that shows it to that one host out.
//!
//! Documented at <https://clerk.com/docs/reference/backend-api>. Next: `memberships` and `machine`.

use std::time::Duration;

use auth_core::config::ValueError;
use auth_core::upstream::{MemoOptions, Upstream};
use auth_core::{Environment, Secret};
use http::HeaderName;

use super::publishable_key::ClerkPublishableKey;

/// The one host that sees the secret key.
const BASE: &str = "https://api.clerk.com/v1";

/// The version whose shapes are read here.
const VERSION: &str = "2026-05-12";

/// How many answers are kept.
const CAPACITY: usize = 10_000;

/// The longest time for which an answer may be kept.
const LONGEST: Duration = Duration::from_mins(5);

/// Reads a secret key. An error never shows it.
pub(super) fn secret_key(text: &str) -> Result<Secret<String>, ValueError> {
    let is_key = text.starts_with("sk_test_") || text.starts_with("sk_live_");
    if is_key && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(Secret::from(text));
    }
    Err(ValueError::new("a secret key, which begins with sk_test_ or sk_live_"))
}

/// The interface, if there is a key for it.
pub(super) fn open(
    secret_key: Option<&Secret<String>>,
    publishable_key: &ClerkPublishableKey,
    environment: &Environment,
) -> Result<Option<Upstream>, String> {
    let Some(key) = secret_key else { return Ok(None) };
    let begin = format!("sk_{}_", publishable_key.stage().word());
    if !key.expose().starts_with(&begin) {
        return Err(format!(
            "`secret_key` has to begin with {begin} as the publishable key says: take both from \
             the same instance"
        ));
    }
    let version = Secret::from(VERSION);
    Upstream::at(BASE, environment)
        .and_then(|api| api.bearer(key))
        .and_then(|api| api.header(HeaderName::from_static("clerk-api-version"), &version))
        .map(Some)
        .map_err(|error| error.to_string())
}

/// The interface, for an option that cannot do without.
pub(super) fn needed(api: Option<&Upstream>, option: &str) -> Result<Upstream, String> {
    api.cloned().ok_or_else(|| {
        format!("`{option}` asks Clerk itself: call `.secret_key(..)` or set CLERK_SECRET_KEY")
    })
}

/// How answers are kept.
pub(super) fn keeping(lifetime: Duration) -> Result<MemoOptions, String> {
    if lifetime > LONGEST {
        let limit = LONGEST.as_secs();
        return Err(format!(
            "`cache_for` is at most {limit} s: so long a right that was withdrawn goes on"
        ));
    }
    Ok(MemoOptions { lifetime, capacity: CAPACITY })
}
