//! The variable of a secret brings a second one, which names a file.

use std::path::PathBuf;

use auth_core::{AuthProvider, HmacSecret, Secret};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = ["ACME_KEY", "KEY"])]
    key: Option<HmacSecret>,
    #[auth(env = "ACME_KEY_FILE")]
    key_file: Option<PathBuf>,
    #[auth(env = ["ACME_CODE", "ACME_CODE_FILE"])]
    code: Secret<String>,
    #[auth(env = "ACME_PIN", secret)]
    pin: String,
    #[auth(env = "ACME_PIN_FILE")]
    pin_file: String,
    // No secret, so nothing is taken.
    #[auth(env = "ACME_DOMAIN")]
    domain: String,
    #[auth(env = "ACME_DOMAIN_FILE")]
    domain_file: String,
}

fn main() {}
