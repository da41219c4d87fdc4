//! A check says what is wrong, and at once.

use auth_core::{AuthProvider, Verifier};

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

#[derive(AuthProvider)]
#[auth(name = "holds", check = Self::check)]
struct Holds {
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

impl Holds {
    fn check(&self) -> bool {
        true
    }
}

fn main() {}
