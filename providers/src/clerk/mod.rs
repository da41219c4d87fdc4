//! Clerk: who the user of a session is, which organization they act in, and what they may do there.
//!
//! Read `provider` first (the options, and the walk of one token), then in its order
//! `publishable_key` and `frontend` (whose tokens they are), `category` (which kind of token),
//! `session`, `organization`, `permissions` and `bits` (what a session says, in both versions of its
//! claims), `user`. `api`, `memberships`, `machine` and `machine_token` ask Clerk itself, where that
//! is chosen. See <https://clerk.com/docs/guides/sessions/session-tokens>.

mod provider;
mod publishable_key;
mod frontend;
mod category;
mod session;
mod organization;
mod permissions;
mod bits;
mod user;
mod api;
mod memberships;
mod machine;
mod machine_token;

#[cfg(test)]
mod tests;

pub use machine_token::ClerkMachineToken;
pub use memberships::ClerkMembership;
pub use provider::{Clerk, ClerkBuilder};
pub use publishable_key::ClerkPublishableKey;
pub use user::{ClerkUser, ClerkUserKind};
