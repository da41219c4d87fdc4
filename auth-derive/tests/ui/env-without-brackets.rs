//! Several variables stand in brackets.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = "ACME_DOMAIN", "DOMAIN")]
    domain: String,
}

fn main() {}
