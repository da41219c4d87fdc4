//! A provider borrows nothing.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme<'a> {
    domain: &'a str,
}

fn main() {}
