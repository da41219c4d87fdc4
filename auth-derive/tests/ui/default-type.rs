//! A default of another type is underlined itself; so is a type without one.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(default = 5)]
    domain: String,
    #[auth(default = "strict")]
    strict: Mode,
    #[auth(default)]
    mode: Mode,
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

#[derive(Debug)]
struct Mode;

fn main() {}
