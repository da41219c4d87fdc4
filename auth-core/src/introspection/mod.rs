//! Steps 5 to 7 for tokens that only their issuer can read: a token in, what its issuer says of it
//! out (RFC 7662, OAuth 2.0 Token Introspection).
//!
//! Read `verify` first (the steps), then `desk` (one question a token, however many wait; how that is
//! done is in `memo`), `endpoint` (one question), `answer` (what a good one looks like) and `rules`
//! (what we ask of it). `builder` and `client` are read once, when a server starts. Next: step 8,
//! `provider::authorize`.
//!
//! Answers that are themselves signed (RFC 9701) are not asked for, and refused: TLS says already
//! who answers.

mod verify;
mod desk;
mod endpoint;
mod answer;
mod rules;
mod builder;
mod client;

pub use builder::{IntrospectionBuilder, IntrospectionError};
pub use verify::Introspection;
