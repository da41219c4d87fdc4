//! Keys in every form that they are given in; checked keys out. Read once, when a server starts,
//! except for what `jwks` uses on keys that were fetched.
//!
//! Read `constructors` (what there is to choose from) and `given` (each form), then `encoded` (PEM
//! and DER), `der`, `certificate`, `certificate_map` and `secrets` (one form each), then
//! `public_key` and `weak` (what every public key has to be), and `assemble` (which algorithms
//! they serve together).

mod constructors;
mod given;
mod encoded;
mod der;
mod certificate;
mod certificate_map;
mod secrets;
mod public_key;
mod weak;
mod assemble;

pub(crate) use certificate::Validity;
pub(crate) use certificate_map::entries as certificate_entries;
pub(super) use given::Given;
pub(crate) use public_key::{Curve, PublicKey};
