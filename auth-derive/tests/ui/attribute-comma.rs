//! A missing comma hides nothing behind it.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme" register = maybe)]
struct Acme {
    #[auth(env = "ACME_DOMAIN" "DOMAIN", defualt)]
    domain: String,
}

fn main() {}
