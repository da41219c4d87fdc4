//! Two issuers of one server: an Auth0 tenant, whose tokens are the good ones here, and whoever
//! shares a secret with the server, whose tokens need not name an issuer.

use super::{Vendor, auth0};

/// What the second one signs with.
pub const SECRET: &str = "only-for-tests-e1c07a5d94b24f3fa8d6composite0123456789abcdef";

/// The tenant; the other needs no more than its secret.
pub const VENDOR: Vendor = Vendor {
    provider: "composite",
    variables: &[
        ("COMPOSITE_DOMAIN", "acme.eu.auth0.com"),
        ("COMPOSITE_AUDIENCE", "https://api.acme.example"),
        ("COMPOSITE_SECRET", SECRET),
    ],
    ..auth0::VENDOR
};
