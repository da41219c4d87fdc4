//! A secret in source code is no secret.

use auth_core::{AuthProvider, Secret};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(default = "hunter2")]
    password: Secret<String>,
    #[auth(secret, default = String::from("hunter2"))]
    code: String,
}

fn main() {}
