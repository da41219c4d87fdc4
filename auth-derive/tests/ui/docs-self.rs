//! `Self` in an option's text would change its meaning on the setter.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    /// The domain.
    ///
    /// See [`Self::audience`].
    domain: String,
    /// What the provider is made for; [Self] checks it.
    audience: String,
}

fn main() {}
