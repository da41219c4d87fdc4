//! The gate as a tower layer, for axum, tonic, hyper and every other tower service.
//!
//! Read `guard` first (what an application sets up), then `service` (one request), `future` (which
//! costs no allocation once it has run), `identity` (what the inner service may believe about the
//! user) and `body` (an answer of the gate's, or the inner service's as it is). Next: the handler.

mod guard;
mod service;
mod future;
mod identity;
mod body;

pub use body::GuardedBody;
pub use future::AuthFuture;
pub use guard::AuthLayer;
pub use service::AuthService;
