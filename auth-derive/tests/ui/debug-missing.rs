//! A computed field that cannot be printed is underlined at its type.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(init = Client)]
    client: Client,
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

struct Client;

fn main() {}
