//! A parser of the wrong type, and one without a name.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = "ACME_LIMIT", parse = limit)]
    limit: u8,
    #[auth(env = "ACME_MOST", parse = nowhere::most)]
    most: u8,
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

fn limit(text: String) -> Option<u8> {
    text.parse().ok()
}

fn main() {}
