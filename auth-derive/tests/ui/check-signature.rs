//! A check takes the provider, and nothing else.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme", check = Self::missing)]
struct Missing {
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

#[derive(AuthProvider)]
#[auth(name = "arity", check = Self::check)]
struct Arity {
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

impl Arity {
    fn check(&self, _: u8) -> Result<(), String> {
        Ok(())
    }
}

fn main() {}
