//! A provider is shared by threads, and so is every field.

use std::cell::Cell;
use std::rc::Rc;

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "counted")]
struct Counted {
    #[auth(init = Rc::new(5))]
    count: Rc<u8>,
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

#[derive(AuthProvider)]
#[auth(name = "changed", register = false)]
struct Changed {
    #[auth(init = Cell::new(5))]
    changed: Cell<u8>,
    #[auth(verify = Verifier::remote("https://acme.example/keys"))]
    verifier: Verifier,
}

fn main() {}
