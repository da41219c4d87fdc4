//! What verifies is a verifier, made from an unfinished one.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: String,
}

#[derive(AuthProvider)]
#[auth(name = "other")]
struct Other {
    #[auth(verify = "https://acme.example/keys")]
    verifier: Verifier,
}

fn main() {}
