//! `secret` is said once, and in one way.

use auth_core::{AuthProvider, HmacSecret, Secret};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(secret)]
    api_key: Secret<String>,
    #[auth(secret = false)]
    shared: Option<HmacSecret>,
    #[auth(secret = true)]
    code: String,
}

fn main() {}
