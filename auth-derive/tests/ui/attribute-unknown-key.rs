//! An unknown key, near a known one, near none, and in the wrong place.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(nmae = "acme", timeout = 3, env = "ACME", name = "acme")]
struct Acme {
    #[auth(evn = "ACME_DOMAIN", timeout = 3, register = false, name = "acme")]
    domain: String,
}

fn main() {}
