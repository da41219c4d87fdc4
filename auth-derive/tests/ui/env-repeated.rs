//! A variable is tried once, and for one field.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = ["ACME_DOMAIN", "DOMAIN", "ACME_DOMAIN"])]
    domain: String,
    #[auth(env = ["ACME_AUDIENCE", "DOMAIN"])]
    audience: String,
}

fn main() {}
