//! A real server of axum's behind the gate, asked over real connections: what the gate takes a
//! request for is what the router takes it for, and what the client reads is what was decided.
#![cfg(all(feature = "axum", feature = "derive"))]
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod app;
mod extract;
mod metadata;
mod raw;
mod targets;
