//! A check takes the provider and answers at once.

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

#[derive(AuthProvider)]
#[auth(name = "waits", check = Self::check)]
struct Waits {
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

impl Waits {
    async fn check(&self) -> Result<(), String> {
        Ok(())
    }
}

fn main() {}
