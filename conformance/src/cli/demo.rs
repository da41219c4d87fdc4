//! A local issuer and an axum server guarded by `Auth0`, to try with curl.
//!
//! In: a port. Out: five curl lines, each with the status it gives; then it serves until it is
//! interrupted. The provider is the production one, with its production URLs: only its network
//! leads to the local issuer.

use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::time::Duration;

use auth_conformance::forge::{Forge, KeyRing, edited};
use auth_conformance::idp::{Issuer, Reply, Vendor, client};
use auth_core::clock::{Clock, SystemClock};
use auth_core::config::Vars;
use auth_core::layer::AuthLayer;
use auth_core::{Algorithm, Claims, Configured, Environment, Principal};
use auth_providers::Auth0;
use axum::routing::get;
use axum::{Extension, Router};
use tokio::net::TcpListener;

use super::output;

/// How long the valid token lasts.
const LIFETIME: Duration = Duration::from_hours(24);

const DOMAIN: &str = "acme.eu.auth0.com";
const AUDIENCE: &str = "https://api.acme.example";

/// Serves until it is interrupted.
pub(crate) async fn run(port: u16) -> ExitCode {
    let forge = forge();
    let published = (Vendor::of("auth0").key_set)(&forge.keys);
    let issuer = Issuer::start(DOMAIN, "/.well-known/jwks.json", Reply::keys(published)).await;
    let provider = match provider(&issuer) {
        Ok(provider) => provider,
        Err(error) => return failed(&error),
    };
    let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
        Ok(listener) => listener,
        Err(error) => {
            return failed(&format!("port {port}: {error}; choose another with --port"));
        }
    };
    let port = listener.local_addr().map_or(port, |address| address.port());
    output::result(&instructions(&forge, port));
    let served = axum::serve(listener, router(provider)).with_graceful_shutdown(interrupted());
    match served.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error.to_string()),
    }
}

/// The production provider on a network of its own.
fn provider(issuer: &Issuer) -> Result<Configured<Auth0>, String> {
    let environment =
        Environment::process().with_vars(Vars::empty()).with_http(client(&issuer.front));
    let builder = Auth0::builder().domain(DOMAIN).audience(AUDIENCE).public(["/health"]);
    builder.build_in(&environment).map_err(|error| error.to_string())
}

fn router(provider: Configured<Auth0>) -> Router {
    Router::new()
        .route("/hello", get(hello))
        .route("/health", get(|| async { "well\n" }))
        .layer(AuthLayer::new(provider))
}

async fn hello(Extension(user): Extension<Claims>) -> String {
    format!("hello, {}\n", user.subject())
}

fn forge() -> Forge {
    let keys = KeyRing::new(Algorithm::RS256, None);
    Forge {
        issuer: Some(format!("https://{DOMAIN}/")),
        audience: Some(AUDIENCE.to_owned()),
        algorithm: Algorithm::RS256,
        published: Vec::new(),
        keys,
        now: SystemClock.unix().as_secs(),
        leeway: 0,
        dialect: (Vendor::of("auth0").claims)(),
    }
}

/// Each kind of token and the status it gives.
fn tokens(forge: &Forge) -> [(&'static str, u16, Option<String>); 5] {
    let later = forge.now + LIFETIME.as_secs();
    let valid = forge.good().claim("exp", later).sign();
    let tampered = edited(&valid, 1, |payload| payload.replacen('J', "K", 1));
    [
        ("valid", 200, Some(valid)),
        ("expired", 401, Some(forge.good().claim("exp", forge.now - 3600).sign())),
        ("wrong audience", 401, Some(forge.good().claim("aud", "https://other.example").sign())),
        ("tampered", 401, Some(tampered)),
        ("none", 401, None),
    ]
}

fn instructions(forge: &Forge, port: u16) -> String {
    let mut text = format!(
        "An axum server guarded by Auth0 listens on http://127.0.0.1:{port}; it trusts a local\n\
         issuer that answers as https://{DOMAIN}/. Interrupt it with Ctrl-C.\n\n"
    );
    for (label, status, token) in tokens(forge) {
        let header = token.map(|token| format!("-H 'Authorization: Bearer {token}' "));
        let header = header.unwrap_or_default();
        text += &["# ", label, ": ", &status.to_string(), "\ncurl -i ", &header].concat();
        text += &["http://127.0.0.1:", &port.to_string(), "/hello\n\n"].concat();
    }
    text
}

async fn interrupted() {
    // Without a way to be interrupted there is nothing to wait for but the end of the process.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn failed(complaint: &str) -> ExitCode {
    output::complaint(&format!("error: {complaint}"));
    ExitCode::FAILURE
}
