//! A setter cannot have the name of another method of the builder.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    build: String,
    name: String,
    environment: String,
    set: String,
    __options: String,
    // A computed field has no setter.
    #[auth(init = String::new())]
    public: String,
}

fn main() {}
