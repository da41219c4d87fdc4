//! A provider has a name.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
struct Acme {
    domain: String,
}

#[derive(AuthProvider)]
#[auth(register = false)]
struct AcmeCorp {
    domain: String,
}

fn main() {}
