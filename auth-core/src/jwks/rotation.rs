//! Tells people that an issuer's keys changed: two documents in, at most one event out.
//!
//! Not the keys, not even their ids: how many there are says what a log needs.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

use super::refresh::Published;

/// What a document says, whatever the order of its keys and members. Good enough to notice a
/// change, and used for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint(u64);

impl Fingerprint {
    pub(super) fn of(json: &[u8]) -> Self {
        let document: Value = serde_json::from_slice(json).unwrap_or_default();
        let hash = match document.get("keys").and_then(Value::as_array) {
            Some(keys) => keys.iter().map(hash).fold(0, u64::wrapping_add),
            None => hash(&document),
        };
        Self(hash)
    }
}

/// One event if the keys are others than before.
pub(super) fn tell(before: Option<&Published>, now: &Published) {
    if before.is_some_and(|before| before.fingerprint != now.fingerprint) {
        let (host, keys) = (now.url.host_str(), now.keys.count());
        let named = now.keys.named();
        tracing::info!(target: "auth", host, keys, named, "the issuer's keys changed");
    }
}

fn hash(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.to_string().hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_keys_and_members_is_no_change() {
        let one = Fingerprint::of(br#"{"keys":[{"kid":"a","n":"1"},{"kid":"b"}]}"#);
        let same = Fingerprint::of(br#"{ "keys": [{"kid":"b"}, {"n":"1", "kid":"a"}] }"#);
        let other = Fingerprint::of(br#"{"keys":[{"kid":"a","n":"2"},{"kid":"b"}]}"#);
        assert_eq!(one, same);
        assert_ne!(one, other);
        assert_ne!(Fingerprint::of(br#"{"a":"1"}"#), Fingerprint::of(br#"{"a":"2"}"#));
    }
}
