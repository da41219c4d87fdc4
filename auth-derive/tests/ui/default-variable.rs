//! Variables are named with `env`, and read from the environment that the builder is given.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(default = std::env::var("ACME_REGION").unwrap_or_default())]
    region: String,
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

fn main() {}
