//! Several providers behind one gate.
//!
//! Read `provider` first (whose a token is, and who is asked), then `builder`, which is read once,
//! when a server starts. Next: `jwt::verifier`, where most members' `authenticate` leads.

mod builder;
mod provider;

pub use builder::{CompositeBuilder, CompositeError};
pub use provider::Composite;
