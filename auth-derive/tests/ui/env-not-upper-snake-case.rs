//! Variables are in upper snake case.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = "acmeDomain")]
    domain: String,
    #[auth(env = ["2_ACME", "ACME AUDIENCE", "ACME=1", ""])]
    audience: String,
}

fn main() {}
