//! A default stands for itself.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    domain: String,
    #[auth(default = domain.clone())]
    issuer: String,
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

fn main() {}
