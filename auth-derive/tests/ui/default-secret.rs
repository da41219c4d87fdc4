//! A secret in source code is no secret.

use auth_core::{AuthProvider, Secret};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(default = "hunter2")]
    password: Secret<String>,
    #[auth(secret, default = String::from("hunter2"))]
    code: String,
    #[auth(default = env!("CARGO_PKG_NAME").into())]
    token: Secret<String>,
    #[auth(default = concat!("hunter", 2).to_owned(), secret)]
    pin: String,
}

fn main() {}
