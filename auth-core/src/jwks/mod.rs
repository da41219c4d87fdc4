//! Step 6: a token's header in, the keys that may verify it out.
//!
//! Read `remote` first (when to fetch, whom to serve meanwhile) and `flight` (one request for all who wait), then `fetch` (one answer), `set`
//! (its keys, and which of them fits a token) and `jwk` (one key).

mod remote;
mod flight;
mod fetch;
mod set;
mod jwk;

pub(crate) use jwk::{has_small_order, is_strong_rsa};
pub(crate) use remote::RemoteKeys;
pub(crate) use set::KeySet;
