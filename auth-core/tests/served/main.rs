//! A real server of axum's, or of actix-web's, behind the gate, asked over real connections: what the gate takes a
//! request for is what the router takes it for, and what the client reads is what was decided.
#![cfg(all(feature = "axum", feature = "derive"))]
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

#[cfg(feature = "actix")]
mod actix;
#[cfg(feature = "actix")]
mod actix_targets;
mod app;
mod extract;
mod metadata;
mod raw;
mod targets;
