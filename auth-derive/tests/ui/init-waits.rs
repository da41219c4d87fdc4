//! A provider is built before the server runs: nothing in it can wait.

use auth_core::{AuthProvider, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(init = Client::connect().await?)]
    client: Client,
    #[auth(verify = Verifier::remote(discover().await))]
    verifier: Verifier,
}

#[derive(Debug)]
struct Client;

impl Client {
    async fn connect() -> Result<Self, String> {
        Ok(Self)
    }
}

async fn discover() -> String {
    String::new()
}

fn main() {}
