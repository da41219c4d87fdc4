//! An option is set by its name, so it needs one.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme(String);

fn main() {}
