//! There is no provider yet, so there is no `self`.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    domain: String,
    #[auth(init = self.domain.clone())]
    copy: String,
    // A module, not a value.
    #[auth(init = self::LIMIT)]
    limit: u8,
    #[auth(default = self.limit)]
    most: u8,
    #[auth(verify = Verifier::remote(address(self)))]
    verifier: Verifier,
}

const LIMIT: u8 = 5;

fn address(acme: &Acme) -> String {
    acme.domain.clone()
}

fn main() {}
