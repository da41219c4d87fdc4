//! `builder` and `from_env` are what the derive writes.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

impl Acme {
    fn builder() -> AcmeBuilder {
        todo!()
    }
}

fn main() {}
