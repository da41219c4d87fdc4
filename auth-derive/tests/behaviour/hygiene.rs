//! A module that shadows whatever generated code could forget to name from the root, and forgives
//! no warning.
#![deny(missing_docs, warnings, clippy::pedantic)]

use ::auth_core::{AuthProvider, Secret, Verifier};

/// Shadows the prelude.
pub mod shadows {
    macro_rules! shadow {
        ($($name:ident)*) => {$(
            /// Neither the type nor the value that everybody else means.
            #[derive(Debug)]
            pub struct $name;
        )*};
    }
    shadow!(Option Result Some None Ok Err String Vec Box Default Into TryInto From Fn Send Sync);
}
#[expect(unused_imports, reason = "what nothing uses shadows all the same")]
use shadows::*;

/// Shadows the crates.
mod auth_core {}
/// Shadows the crates.
mod core {}
/// Shadows the crates.
mod std {}

/// Everything that a struct can ask for, for all the world to see.
#[derive(AuthProvider)]
#[auth(name = "hygiene", check = Self::check)]
pub struct Hygiene {
    /// Has a text of its own.
    #[auth(env = ["HYGIENE_DOMAIN", "HYGIENE_HOST"])]
    domain: ::std::string::String,
    #[auth(env = "HYGIENE_ORGANIZATION")]
    organization: ::std::option::Option<::std::string::String>,
    #[auth(env = "HYGIENE_LIMIT", default = 5, parse = str::parse)]
    limit: u8,
    #[auth(default = "api")]
    audience: ::std::string::String,
    #[auth(default)]
    names: ::std::vec::Vec<::std::string::String>,
    #[auth(env = "HYGIENE_KEY")]
    api_key: ::std::option::Option<Secret<::std::string::String>>,
    #[auth(init = limit.checked_add(1).ok_or("too large")?)]
    above: u8,
    #[auth(verify = Verifier::remote(format!("https://{domain}/keys"))
        .danger_accept_any_issuer()
        .audience(audience))]
    verifier: Verifier,
}

impl Hygiene {
    fn check(&self) -> ::std::result::Result<(), &'static str> {
        if self.above > 9 {
            ::std::result::Result::Err("too much")
        } else {
            ::std::result::Result::Ok(())
        }
    }
}

/// A private struct gets a private builder, and no warning about what nobody calls.
#[derive(AuthProvider)]
#[auth(name = "private")]
struct Private {
    domain: ::std::string::String,
    #[auth(verify = Verifier::remote(domain).issuer("acme").audience("api"))]
    verifier: Verifier,
}

#[test]
fn builds_where_every_common_name_is_taken() {
    let environment = crate::environment([("HYGIENE_HOST", "acme.example")]);
    let hygiene = Hygiene::builder().limit(6).build_in(&environment).unwrap();
    assert_eq!((hygiene.provider().above, hygiene.provider().limit), (7, 6));
    assert!(Hygiene::builder().limit(9).build_in(&environment).is_err());
    assert!(Private::builder().build_in(&environment).is_err());
}
