//! What is tested.
//!
//! In: a provider that registered itself, or that a test names. Out: an instance that answers
//! tokens, and a [`Profile`] of what it promises. Next: `registered`, then
//! `in_process`.

mod answer;
mod in_process;
mod profile;
mod registered;

pub use answer::Answer;
pub use in_process::InProcess;
pub use profile::{KeyShape, Profile};
pub use registered::{Build, Registered, registered};
