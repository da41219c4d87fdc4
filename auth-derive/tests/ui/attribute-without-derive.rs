//! The attribute belongs to the derive.

use auth_core as _;

#[auth(name = "acme")]
struct Acme {
    domain: String,
}

fn main() {}
