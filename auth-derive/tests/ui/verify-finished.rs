//! The derive finishes the verifier: what it takes is unfinished.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(verify = Verifier::remote("https://acme.example/keys").build_in(environment)?)]
    verifier: Verifier,
}

#[derive(AuthProvider)]
#[auth(name = "other")]
struct Other {
    #[auth(verify = Verifier::remote("https://acme.example/keys").build_in(environment))]
    verifier: Verifier,
}

fn main() {}
