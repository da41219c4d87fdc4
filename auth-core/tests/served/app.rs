//! A provider with a shared secret, its tokens, and a server on loopback.

use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use auth_core::config::Vars;
use auth_core::{AuthProvider, Configured, Environment, HmacSecret, Verifier};
use axum::Router;
use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub(crate) const SECRET: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0-served";

#[derive(AuthProvider)]
#[auth(name = "served", register = false)]
pub(crate) struct Served {
    #[auth(env = "SERVED_SECRET")]
    secret: HmacSecret,
    #[auth(verify = Verifier::hmac(secret).issuer("https://issuer.example/").audience("api"))]
    verifier: Verifier,
}

pub(crate) fn provider() -> Configured<Served> {
    let vars = Vars::from([("SERVED_SECRET", SECRET)]);
    Served::builder().build_in(&Environment::process().with_vars(vars)).unwrap()
}

/// `Authorization: Bearer ..` of a user with these claims besides.
pub(crate) fn bearer(claims: &Value) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let mut all = json!({
        "iss": "https://issuer.example/", "aud": "api", "sub": "user-1", "exp": now + 600,
    });
    for (name, value) in claims.as_object().unwrap() {
        all[name] = value.clone();
    }
    let key = EncodingKey::from_secret(SECRET.as_bytes());
    format!("authorization: Bearer {}", encode(&Header::default(), &all, &key).unwrap())
}

/// Serves it on a port of its own, as long as the test runs.
pub(crate) async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}
