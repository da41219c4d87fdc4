//! A `Debug` in the same list as ours is hidden from us; rustc marks it.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider, Debug)]
#[auth(name = "acme")]
struct Acme {
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

fn main() {}
