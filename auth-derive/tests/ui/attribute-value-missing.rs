//! A key without its value is underlined itself.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name, check, register, crate)]
struct Acme {
    #[auth(env)]
    domain: String,
    #[auth(env =, parse)]
    audience: String,
    #[auth(init)]
    client: String,
    #[auth(verify)]
    verifier: Verifier,
    #[auth(default = 5 +)]
    limit: u8,
}

fn main() {}
