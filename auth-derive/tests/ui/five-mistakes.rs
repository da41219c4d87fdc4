//! Five mistakes, five messages, each on its own token.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "Acme")]
struct Acme {
    #[auth(evn = "ACME_DOMAIN")]
    domain: String,
    #[auth(env = "acme_audience")]
    audience: String,
    #[auth(default = None)]
    organization: Option<String>,
    api_key: String,
}

fn main() {
    // A skeleton stands in for what could not be written: no sixth message.
    let _ = Acme::from_env().map(|acme| format!("{:?}", acme.provider()));
    let _ = Acme::builder().domain("acme.example").public(["/health"]).build();
}
