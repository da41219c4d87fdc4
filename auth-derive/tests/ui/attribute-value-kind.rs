//! A value of the wrong kind.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = acme, register = 3, debug = true, check = "check")]
struct Acme {
    #[auth(env = 5)]
    domain: String,
    #[auth(env = ["ACME_AUDIENCE", 5], parse = "parse")]
    audience: String,
    #[auth(secret = yes)]
    code: String,
}

fn main() {}
