//! A struct that says nothing about authenticating is told so once, at its name.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    domain: String,
}

#[derive(AuthProvider)]
#[auth(name = "other", register = false)]
struct Other {
    domain: String,
}

fn main() {}
