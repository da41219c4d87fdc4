//! The descriptor: one constant that says all there is to say about a provider.

use std::time::Duration;

use auth_core::config::{Descriptor, Field, Kind, Presence};
use auth_core::{AuthProvider, Configure, Domain, HmacSecret, Verifier};

/// Accepts access tokens of Acme.
///
/// Since 2024.
#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    /// Tenant domain, such as
    /// `acme.example`.
    #[auth(env = ["ACME_DOMAIN", "DOMAIN"])]
    domain: Domain,
    #[auth(env = "ACME_SECRET")]
    shared: Option<HmacSecret>,
    #[auth(default = Duration::from_secs(5))]
    leeway: Duration,
    #[auth(env = "ACME_LIMIT", parse = str::parse, default)]
    limit: u8,
    #[auth(verify = Verifier::remote(domain.url("/keys")).issuer("acme").leeway(*leeway))]
    verifier: Verifier,
}

const PLAIN: Field = Field {
    name: "",
    docs: "",
    variables: &[],
    presence: Presence::Required,
    secret: false,
    kind: Kind::Other,
};

#[test]
fn says_all_there_is_to_say() {
    let fields = [
        Field {
            name: "domain",
            docs: "Tenant domain, such as\n`acme.example`.",
            variables: &["ACME_DOMAIN", "DOMAIN"],
            kind: Kind::Domain,
            ..PLAIN
        },
        Field {
            name: "shared",
            variables: &["ACME_SECRET"],
            presence: Presence::Optional,
            secret: true,
            kind: Kind::HmacSecret,
            ..PLAIN
        },
        Field { name: "leeway", presence: Presence::Default("Duration::from_secs(5)"), ..PLAIN },
        Field {
            name: "limit",
            variables: &["ACME_LIMIT"],
            presence: Presence::Default("default"),
            ..PLAIN
        },
        Field { name: "verifier", presence: Presence::Computed, ..PLAIN },
    ];
    let Descriptor { name, type_name, docs, fields: described } = *Acme::DESCRIPTOR;
    assert_eq!((name, type_name), ("acme", "Acme"));
    assert_eq!(docs, "Accepts access tokens of Acme.\n\nSince 2024.");
    assert_eq!(described, fields);
}
