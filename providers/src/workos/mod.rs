//! WorkOS: sessions of AuthKit (`WorkOs`), fine-grained authorization (`WorkOsFga`, [`Fga`]), and
//! tokens of Connect applications (`WorkOsConnect`).
//!
//! Read `provider` first, then what it leads to: `sessions` (which tokens), `directory` (what
//! WorkOS is asked about a user), `user` (what comes out). `fga` stands on them; `connect` stands
//! alone, for its tokens have another issuer and other keys.

mod client_id;
mod connect;
mod directory;
mod fga;
mod listed;
mod membership;
mod provider;
mod sessions;
mod user;

pub use client_id::ClientId;
pub use connect::{WorkOsConnect, WorkOsConnectBuilder};
pub use fga::{
    Fga, FgaInterface, FgaMember, FgaNeed, FgaResource, FgaRule, WorkOsFga, WorkOsFgaBuilder,
};
pub use membership::WorkOsMembership;
pub use provider::{WorkOs, WorkOsBuilder};
pub use user::WorkOsUser;
