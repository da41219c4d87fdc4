//! The attributes of a field that are its setter's too: documentation, and `deprecated`.
//!
//! Nothing but a call of a deprecated setter warns: the whole module denies warnings.
#![deny(warnings, missing_docs)]

use auth_core::{AuthProvider, Configure, Secret, Verifier};

use crate::environment;

/// Everything in it is on its way out.
#[derive(AuthProvider)]
#[auth(name = "outgoing", check = Self::check)]
#[deprecated(since = "2.0.0", note = "use `Incoming`")]
pub struct Outgoing {
    /// Tenant domain.
    #[auth(env = "OUTGOING_DOMAIN")]
    #[deprecated = "use `issuer`"]
    domain: String,
    #[auth(env = "OUTGOING_KEY")]
    #[deprecated]
    api_key: Option<Secret<String>>,
    #[auth(env = "OUTGOING_LIMIT", default = 5, secret = false)]
    #[cfg_attr(all(), deprecated(since = "1.1.0", note = "there is no limit any more"))]
    token_limit: u8,
    /// How many.
    #[auth(init = token_limit.saturating_add(1))]
    #[deprecated]
    above: u8,
    #[auth(verify = Verifier::remote(format!("https://{domain}/keys"))
        .issuer("acme")
        .audience("api"))]
    #[deprecated]
    verifier: Verifier,
}

#[expect(deprecated, reason = "a method of what is on its way out")]
impl Outgoing {
    const fn check(&self) -> Result<(), &'static str> {
        if self.token_limit == 0 { Err("nothing is allowed") } else { Ok(()) }
    }
}

/// Documented in every way that there is.
#[derive(AuthProvider)]
#[auth(name = "documented", register = false)]
pub struct Documented {
    #[doc = "Tenant domain."]
    #[cfg_attr(all(), doc = "Never a URL.")]
    #[auth(env = "DOCUMENTED_DOMAIN")]
    domain: String,
    /// Nobody reads it.
    #[doc(hidden)]
    #[auth(default)]
    internal: u8,
    #[doc(hidden)]
    #[auth(default)]
    bare: u8,
    #[auth(verify = Verifier::remote(domain).issuer("acme").audience("api"))]
    verifier: Verifier,
}

#[test]
#[expect(deprecated, reason = "that calling a setter warns is what is tested")]
fn warns_where_a_setter_of_a_deprecated_option_is_called() {
    let builder = Outgoing::builder().domain("acme.example").token_limit(7);
    let outgoing = builder.build_in(&environment([])).unwrap();
    assert_eq!(outgoing.provider().above, 8);
}

#[test]
fn builds_what_is_deprecated_by_name_and_from_variables() {
    #[expect(deprecated, reason = "the struct itself is deprecated")]
    let built = Outgoing::builder()
        .set("domain", "acme.example")
        .build_in(&environment([("OUTGOING_LIMIT", "3")]));
    assert!(format!("{:?}", built.unwrap().provider()).contains("above: 4"));
}

#[test]
fn describes_what_is_documented_in_other_ways() {
    let docs = |name| Documented::DESCRIPTOR.field(name).unwrap().docs;
    assert_eq!(docs("domain"), "Tenant domain.\nNever a URL.");
    assert_eq!(docs("internal"), "Nobody reads it.");
    assert_eq!(docs("bare"), "");
}
