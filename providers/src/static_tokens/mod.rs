//! Tokens that stand in a table.
//!
//! Read `provider` first, then `table` (the tokens, and how one is looked up).

mod provider;
mod table;

pub use provider::{StaticTokens, StaticTokensBuilder};
pub use table::{StaticUser, TokenTable};
