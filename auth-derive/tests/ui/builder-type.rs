//! The builder of `Acme` is `AcmeBuilder`: nothing else beside it has the name.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

struct AcmeBuilder;

fn main() {}
