//! Parentheses and an empty list.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env("ACME_DOMAIN"))]
    domain: String,
    #[auth(env = [])]
    audience: String,
}

fn main() {}
