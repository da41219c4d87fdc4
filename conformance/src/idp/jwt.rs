//! The issuer of a shared-secret token: nothing to ask over the network, a secret instead.

use super::Vendor;

crate::fake::named! {
    /// A running issuer that shares its secret.
    JwtFake, VENDOR
}

/// Shared secrets, with issuer and audience compared.
pub const VENDOR: Vendor = Vendor {
    provider: "jwt",
    variables: &[
        ("JWT_AUTH_SECRET", "only-for-tests-4cc5a1f29e7b4d11b9d7f00dfeedc0de0123456789abcdef"),
        ("JWT_AUTH_ISSUER", "https://issuer.acme.example"),
        ("JWT_AUTH_AUDIENCE", "https://api.acme.example"),
    ],
    ..Vendor::PLAIN
};
