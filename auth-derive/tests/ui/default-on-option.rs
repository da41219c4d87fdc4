//! An option of type `Option` is absent by itself.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(default = None)]
    organization: Option<String>,
    #[auth(default)]
    audience: std::option::Option<Vec<String>>,
}

fn main() {}
