//! How a verifier's keys are doing, as data for health endpoints.

use std::borrow::Cow;

use serde::Serialize;

/// How a verifier's keys are doing. Serializable; holds no key, no address, no text of the
/// issuer's.
///
/// ```
/// use auth_core::{Environment, HmacSecret, Verifier};
///
/// let secret = HmacSecret::parse("0123456789abcdef0123456789abcdef").unwrap();
/// let verifier = Verifier::hmac(&secret)
///     .issuer("https://issuer.example/")
///     .audience("https://api.example")
///     .build_in(&Environment::process())
///     .unwrap();
/// let status = verifier.status();
/// assert!(status.is_ready && !status.is_stale);
/// assert_eq!((status.keys, status.age_seconds), (1, None));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct KeyStatus {
    /// Whether there are keys that may be used. Always so for keys that were given when the server
    /// started.
    pub is_ready: bool,
    /// Whether the keys are past their lifetime, and serve only because the issuer cannot be
    /// reached.
    pub is_stale: bool,
    /// How many keys there are; one that fits several algorithms counts once for each.
    pub keys: usize,
    /// Seconds since the issuer last confirmed the keys; `None` when it never did, or was never
    /// asked.
    pub age_seconds: Option<u64>,
    /// When that was, in seconds since 1970.
    pub last_success: Option<u64>,
    /// Why the last attempt failed; `None` when it did not. One of our own texts.
    pub last_error: Option<Cow<'static, str>>,
}

impl KeyStatus {
    /// Keys that were given when the server started.
    pub(crate) const fn local(keys: usize) -> Self {
        Self {
            is_ready: true,
            is_stale: false,
            keys,
            age_seconds: None,
            last_success: None,
            last_error: None,
        }
    }
}
