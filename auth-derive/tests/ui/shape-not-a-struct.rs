//! Only a struct is a provider.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "any")]
enum Any {
    Acme,
}

#[derive(AuthProvider)]
#[auth(name = "both")]
union Both {
    domain: u8,
}

fn main() {}
