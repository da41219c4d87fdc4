//! A key is said once, over all attributes of the struct or field.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
#[auth(name = "acme-two")]
struct Acme {
    #[auth(env = "ACME_DOMAIN", env = "DOMAIN")]
    domain: String,
    #[auth(secret)]
    #[auth(secret = false)]
    code: String,
}

fn main() {}
