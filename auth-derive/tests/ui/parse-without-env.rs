//! A parser reads variables.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(parse = str::parse)]
    limit: u8,
}

fn main() {}
