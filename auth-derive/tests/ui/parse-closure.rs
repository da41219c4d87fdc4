//! A parser is named, not written in place.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = "ACME_LIMIT", parse = |text| text.parse())]
    limit: u8,
    #[auth(env = "ACME_MOST", parse = limit())]
    most: u8,
}

fn main() {}
