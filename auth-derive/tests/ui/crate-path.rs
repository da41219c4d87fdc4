//! The path of the crate means the same everywhere.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme", crate = auth_core)]
struct Acme {
    domain: String,
}

#[derive(AuthProvider)]
#[auth(name = "other", crate = "auth_core")]
struct Other {
    domain: String,
}

fn main() {}
