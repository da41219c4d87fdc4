//! A local issuer and an axum server guarded by `Auth0`, to try with curl.
//!
//! In: a port. Out: five curl lines, each with the status it gives; then it serves until it is
//! interrupted. The provider is the production one, with its production URLs: only its network
//! leads to the local issuer.

use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use auth_conformance::fake::Fake;
use auth_conformance::forge::{Forge, edited};
use auth_conformance::idp::auth0::Auth0Fake;
use auth_core::clock::{Clock, SystemClock};
use auth_core::layer::AuthLayer;
use auth_core::{Claims, Configured, Principal};
use auth_providers::Auth0;
use axum::routing::get;
use axum::{Extension, Router};
use tokio::net::TcpListener;

use super::output;

/// How long the valid token lasts.
const LIFETIME: Duration = Duration::from_hours(24);

/// Serves until it is interrupted.
pub(crate) async fn run(port: u16) -> ExitCode {
    let mut fake = Auth0Fake::start().await;
    fake.forge.now = SystemClock.unix().as_secs();
    let provider = match provider(&fake) {
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
    output::result(&instructions(&fake.forge, port));
    let served = axum::serve(listener, router(provider)).with_graceful_shutdown(interrupted());
    match served.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error.to_string()),
    }
}

/// The production provider on the fake's network, by the time of this machine.
fn provider(fake: &Fake) -> Result<Configured<Auth0>, String> {
    let environment = fake.environment().with_clock(Arc::new(SystemClock));
    let builder = Auth0::builder().public(["/health"]);
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
         issuer that answers as {}. Interrupt it with Ctrl-C.\n\n",
        forge.issuer.as_deref().unwrap_or_default()
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
