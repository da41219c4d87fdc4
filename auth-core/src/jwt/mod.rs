//! Steps 5 and 7: a token's text in, verified [`Claims`] out.
//!
//! Read in this order: `verifier` (the steps), `compact` (three parts), `header` (what the token
//! says of itself), `algorithm` and `signature` (what the key says), then `claims` and `rules`
//! (what we ask of it). `builder`, `source` and `pem` are read once, when a server starts. In between,
//! `jwks` finds the key.

mod verifier;
mod compact;
mod header;
mod algorithm;
mod signature;
mod claims;
mod strict_json;
mod text;
mod rules;
mod expected;
mod builder;
mod source;
mod pem;

pub use algorithm::Algorithm;
pub use builder::{VerifierBuilder, VerifierError};
pub use claims::Claims;
pub(crate) use header::Header;
pub use header::TokenType;
pub(crate) use signature::VerifyingKey;
pub use verifier::{KeySource, Verifier};
