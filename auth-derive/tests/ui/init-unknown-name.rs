//! A name that nothing has, and a value of another type.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    domain: String,
    #[auth(init = format!("https://{}/", domian))]
    address: String,
    #[auth(init = 5)]
    limit: String,
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

fn main() {}
