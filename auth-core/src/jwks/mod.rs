//! Step 6: a token's header in, the keys that may verify it out.
//!
//! Read `remote` first (when to ask, whom to serve meanwhile), `refresh` (one refresh) and `flight`
//! (one at a time, for all who wait), then `fetch` (one answer), `set` (its keys, and which of them
//! fits a token) and `jwk` (one key). `discovery` finds the address where an issuer says it itself (`member` says which,
//! `named` is for endpoints that are no key set);
//! `cached` and `caching` say how long to trust what was fetched, `format` what it may look like.

mod remote;
mod refresh;
mod rotation;
mod flight;
mod fetch;
mod cached;
mod caching;
mod address;
mod issuer_url;
mod member;
mod discovery;
mod named;
mod format;
mod set;
mod jwk;
mod status;

pub(crate) use address::{Flaw, parse as parse_address};
pub(crate) use caching::retry_after;
pub(crate) use format::{KeyFormat, listed_keys};
pub(crate) use issuer_url::WellKnown;
pub(crate) use jwk::{Unusable, read_jwk};
pub(crate) use named::NamedAddress;
pub(crate) use remote::RemoteKeys;
pub(crate) use set::{Key, KeySet, MAX_TRIED};
pub use status::KeyStatus;
