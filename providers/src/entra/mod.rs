//! Access tokens of Microsoft Entra ID: `provider` checks them, `user` is who calls.

mod provider;
mod user;

pub use provider::{Entra, EntraBuilder};
pub use user::EntraUser;
