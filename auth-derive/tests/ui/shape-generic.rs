//! A registry holds finished types.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme<K> {
    keys: K,
}

fn main() {}
