//! Tokens, good and bad, made on the spot.
//!
//! In: what a subject expects (issuer, audience, algorithm) and the harness's keys. Out: a
//! [`Draft`] of a good token, to be spoilt in one way and signed. Next: `tokens`, then `draft`
//! and `keys`.

mod draft;
mod keys;
mod mangle;
mod sign;
mod tokens;
mod weak;

pub use draft::Draft;
pub use keys::{KeyRing, SigningKey, pem_text};
pub use mangle::{b64, edited, signature_of, stated_claims, unb64, with_signature};
pub use tokens::{Forge, SUBJECT};
pub use weak::{padded_digest, weak_rsa};
