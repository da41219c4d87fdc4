//! A value stands behind `=`.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name: "acme")]
struct Acme {
    #[auth(env: "ACME_DOMAIN", default = "acme.example")]
    domain: String,
    #[auth(env("ACME_AUDIENCE", "ACME_API"), defualt)]
    audience: String,
    #[auth(default(5))]
    limit: u8,
    #[auth(secret())]
    code: String,
}

fn main() {}
