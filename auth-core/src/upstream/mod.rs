//! What a vendor's own interface knows of a caller besides the token: a question in, a bounded
//! answer out.
//!
//! For providers whose token does not say everything: memberships, revocation, documents. Read
//! `client` first (one question, its limits, what a status means), then `error` (what may go
//! wrong: all of it ends in 503 unless a provider says otherwise), `pause` (a vendor in trouble is
//! left alone) and `memo` (what is known is not asked again, and one question is put once however
//! many wait). Next: the provider that asked.

mod client;
mod error;
mod pause;
mod memo;

pub use client::{Answer, Question, Upstream, UpstreamSetupError};
pub use error::{UpstreamBody, UpstreamError};
pub use memo::{Memo, MemoOptions};
