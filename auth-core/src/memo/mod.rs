//! What somebody far away said lately, asked once however many wait: a key in, an answer out.
//!
//! Used where each caller brings a key of their own: tokens in `introspection`, a vendor's objects
//! in `upstream`. Read `topic` first (what an answer is, and what trouble means), then `memory`
//! (who asks, who waits, and how a question ends), `shelf` (what is kept), `pause` (who is left
//! alone) and `hush` (how often the log hears of it).
//!
//! `jwks::flight` is no user: one key set has one request, which callers may leave when it takes its
//! time, and whose outcome is kept even if it is bad. Of what is here only a channel would be left.

mod topic;
mod memory;
mod shelf;
mod pause;
mod hush;

pub(crate) use hush::Hush;
pub(crate) use memory::Memory;
pub(crate) use pause::Pause;
pub(crate) use shelf::{Limits, Shelves};
pub(crate) use topic::{Kind, Topic};
