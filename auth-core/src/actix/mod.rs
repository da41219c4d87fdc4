//! The gate as middleware for actix-web.
//!
//! Read `middleware` first (what an application wraps its routes in), then `service` (one request),
//! `view` (a request and an answer in the types of either side) and `extract` (what a handler asks
//! for). Next: the handler.

mod middleware;
mod service;
mod view;
mod extract;

pub use extract::User;
pub use middleware::AuthMiddleware;
pub use service::GuardedService;
