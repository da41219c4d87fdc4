//! What a vendor's own interface knows of a caller besides the token: a question in, a bounded
//! answer out.
//!
//! For providers whose token does not say everything: memberships, revocation, documents. Read
//! `client` first (whom to ask, and as whom), then `question` (one question and its limits), `answer`
//! (what a status means, and when the vendor is left alone), `error` (what may go wrong: all of it
//! ends in 503 unless a provider says otherwise) and `memo` (what is known is not asked again, and
//! one question is put once however many wait). Next: the provider that asked.

mod client;
mod question;
mod answer;
mod error;
mod memo;

pub use answer::Answer;
pub use client::{Upstream, UpstreamSetupError};
pub use error::{UpstreamBody, UpstreamError};
pub use memo::{Memo, MemoOptions};
pub use question::Question;
