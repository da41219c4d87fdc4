//! Steps 5 and 7: a token's text in, verified [`Claims`] out.
//!
//! Read in this order: `verifier` (the steps), `compact` (three parts), `header` (what the token
//! says of itself), `algorithm` and `signature` (what the key says), then `claims` (with `document`,
//! where they are looked up, and `strict_json`, which reads it) and `rules` (what we ask of it).
//! `builder`, `source`, `fetched` and `keys` are read once, when a server starts. In between, `jwks`
//! finds the key.

mod verifier;
mod compact;
mod base64url;
mod header;
mod algorithm;
mod signature;
mod claims;
mod document;
mod strict_json;
mod outline;
mod names;
mod text;
mod rules;
mod times;
mod expected;
mod demands;
mod vocabulary;
mod claim_path;
mod unverified;
mod builder;
mod source;
mod fetched;
mod keys;

pub use algorithm::Algorithm;
pub use builder::{VerifierBuilder, VerifierError};
pub use claim_path::ClaimPath;
pub use claims::Claims;
pub(crate) use compact::{Compact, MAX_TOKEN_BYTES};
pub(crate) use expected::Expected;
pub(crate) use header::Header;
pub use header::TokenType;
pub(crate) use keys::{Curve, PublicKey, Validity, certificate_entries};
pub(crate) use rules::{check_audience, check_issuer, check_required, check_subject};
pub(crate) use signature::VerifyingKey;
pub(crate) use strict_json::object as strict_object;
pub(crate) use times::Times;
pub use unverified::Unverified;
pub use verifier::{KeySource, Verifier};
pub use vocabulary::Vocabulary;
