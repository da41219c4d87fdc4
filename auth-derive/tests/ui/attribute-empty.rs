//! An attribute says something, in parentheses.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth]
#[auth = "acme"]
#[auth()]
#[auth(name = "acme")]
struct Acme {
    domain: String,
}

fn main() {}
