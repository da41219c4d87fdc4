//! A type that no text can be read as is underlined itself.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = "ACME_MODE")]
    mode: Mode,
    #[auth(env = "ACME_MODES")]
    modes: Option<Mode>,
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

#[derive(Debug)]
struct Mode;

fn main() {}
