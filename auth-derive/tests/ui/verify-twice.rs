//! One field verifies.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    first: Verifier,
    #[auth(verify = Verifier::remote("https://acme.example/other"))]
    second: Verifier,
}

#[derive(AuthProvider)]
#[auth(name = "other")]
struct Other {
    #[auth(init = 1, verify = Verifier::remote("https://other.example/keys"))]
    verifier: Verifier,
}

fn main() {}
