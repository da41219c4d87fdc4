//! `Debug` is written once, by us or by the user.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[derive(Clone, Debug)]
#[auth(name = "acme")]
struct Acme {
    domain: String,
}

fn main() {}
