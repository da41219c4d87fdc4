//! Access tokens of Microsoft Entra ID: `provider` checks them, `tenant` says who may
//! speak for whom, `user` is who calls.

mod provider;
mod tenant;
mod user;

pub use provider::{Entra, EntraBuilder};
pub use user::EntraUser;
