//! Step 7, its end: a token that is bound to its holder, and the proof that this is the holder.
//!
//! In: verified claims and the request. Out: leave to go on, or why not. Read `confirmation` first
//! (what `cnf` asks for, and who checks it), then `evidence` (the proof of RFC 9449) and `check` with
//! `thumbprint`, `target`, `nonce` and `replay`, or `certificate` (RFC 8705). `choice` and `dpop` are
//! read once, when a server starts. Next: step 8, `provider::authorize`.

mod confirmation;
mod evidence;
mod check;
mod thumbprint;
mod target;
mod percent;
mod nonce;
mod replay;
mod certificate;
mod error;
mod choice;
mod dpop;

pub use certificate::{CertificateBinding, ClientCertificate};
pub(crate) use choice::Choice;
pub(crate) use confirmation::Confirmation;
pub use dpop::Dpop;
pub use error::BindingError;
pub use nonce::{Nonce, Nonces};
