//! A field that sounds like a secret says whether it is one.

use std::time::Duration;

use auth_core::{AuthProvider, Secret};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    api_key: String,
    client_secret: Option<String>,
    cookie_password: String,
    refresh_tokens: Vec<String>,
    #[auth(init = String::new())]
    credentials: String,
    // None of these: redacted by their type, said to be harmless, or no text.
    private_key: Secret<String>,
    #[auth(secret = false)]
    token_url: String,
    token_lifetime: Duration,
    fetch_tokens: bool,
}

fn main() {}
