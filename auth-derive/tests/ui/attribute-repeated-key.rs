//! A key is said once, over all attributes of the struct or field.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme", check = Self::check)]
#[auth(name = "acme-two", check = Self::check_again)]
struct Acme {
    #[auth(env = "ACME_DOMAIN", env = "DOMAIN")]
    domain: String,
    #[auth(secret)]
    #[auth(secret = false)]
    code: String,
}

fn main() {}
