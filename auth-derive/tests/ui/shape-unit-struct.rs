//! A struct without options is allowed; it has to authenticate all the same.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme;

fn main() {}
