//! __Title__ as a subject sees it: the current RS256 key and the next; tokens with registered
//! claims only.

use super::Vendor;

/// __Title__.
pub const VENDOR: Vendor = Vendor {
    provider: "__name__",
    variables: &[
        ("__VARIABLE___DOMAIN", "login.__name__.example"),
        ("__VARIABLE___AUDIENCE", "https://api.acme.example"),
    ],
    ..Vendor::PLAIN
};
