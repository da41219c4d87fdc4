//! Every mistake in one attribute is told.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = "A", "B", defualt = 3, secret = yes, evn = "Q", = 4, parse = |text| text)]
    domain: String,
}

fn main() {}
