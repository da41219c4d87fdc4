//! Changing tokens that were signed already.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Base64url without padding.
pub fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes behind base64url that this harness wrote itself.
///
/// # Panics
///
/// When it is something else: a mistake in a case.
pub fn unb64(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("the harness wrote it")
}

/// The claims that a token states, verified by nobody; nothing if it is no JWT.
pub fn stated_claims(token: &str) -> Option<serde_json::Map<String, serde_json::Value>> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&payload).ok()
}

/// The three parts of a token that this harness wrote itself.
fn parts(token: &str) -> [&str; 3] {
    let parts: Vec<_> = token.split('.').collect();
    parts.try_into().expect("the harness wrote three parts")
}

/// A token's signature.
pub fn signature_of(token: &str) -> Vec<u8> {
    unb64(parts(token)[2])
}

/// The token with another signature.
pub fn with_signature(token: &str, signature: &[u8]) -> String {
    let [header, payload, _] = parts(token);
    format!("{header}.{payload}.{}", b64(signature))
}

/// The token with one of its parts (0 to 2) changed as text.
pub fn edited(token: &str, part: usize, edit: impl FnOnce(&str) -> String) -> String {
    let mut parts = parts(token).map(str::to_owned);
    parts[part] = edit(&parts[part]);
    parts.join(".")
}
