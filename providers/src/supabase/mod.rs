//! Users of a Supabase project.
//!
//! Read `provider` first (what is verified, and in which order), then `project` (its addresses),
//! `user` (what is known of a user) and `server` (what it is asked, where that was chosen).

mod project;
mod provider;
mod server;
mod user;

pub use project::ProjectUrl;
pub use provider::{Supabase, SupabaseBuilder};
pub use user::SupabaseUser;
