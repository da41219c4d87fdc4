//! What is computed is not configured.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    domain: String,
    #[auth(init = domain.clone(), env = "ACME_COPY", default, parse = parse)]
    copy: String,
    #[auth(verify = Verifier::remote(domain), env = "ACME_KEYS")]
    verifier: Verifier,
}

fn main() {}
