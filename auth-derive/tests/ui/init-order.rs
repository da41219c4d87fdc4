//! An expression sees the options, and what was computed above it.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    domain: String,
    #[auth(init = domain.len() + second)]
    first: usize,
    #[auth(init = first + second)]
    second: usize,
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

fn main() {}
