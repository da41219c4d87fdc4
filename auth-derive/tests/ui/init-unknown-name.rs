//! Expressions see the options and what was computed above.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    domain: String,
    #[auth(init = format!("{}/{}", domian, below))]
    above: String,
    #[auth(init = 5)]
    below: String,
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

fn main() {}
