//! The project's service account: a key that is made when it is first needed.
//! See <https://cloud.google.com/iam/docs/keys-create-delete>.

use std::sync::LazyLock;

use auth_core::Algorithm;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::PROJECT;
use crate::forge::SigningKey;

/// The account's address.
pub(super) const EMAIL: &str = "server@acme-prod.iam.gserviceaccount.com";

/// The account's key.
pub(super) static KEY: LazyLock<SigningKey> = LazyLock::new(|| {
    SigningKey::generate("0123456789abcdef0123456789abcdef01234567", Algorithm::RS256)
});

static ENCODED: LazyLock<String> = LazyLock::new(|| STANDARD.encode(service_account().to_string()));

/// The file that Google's console offers for it.
pub fn service_account() -> Value {
    json!({
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": KEY.id(),
        "private_key": KEY.private_pem(),
        "client_email": EMAIL,
        "client_id": "100000000000000000001",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": "https://oauth2.googleapis.com/token",
        "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
        "universe_domain": "googleapis.com",
    })
}

/// The variable that holds it, in base64: no part of it is part of anything else then.
pub(super) fn variables() -> Vec<(&'static str, &'static str)> {
    vec![("FIREBASE_SERVICE_ACCOUNT", ENCODED.as_str())]
}
