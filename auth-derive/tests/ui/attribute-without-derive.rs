//! The attribute belongs to the derive.

use auth_core as _;

#[auth(name = "acme")]
struct Acme {
    #[auth(env = "ACME_DOMAIN")]
    domain: String,
}

fn main() {}
