//! Step 3: the token out of the request.
//!
//! Read `bearer` first (the `Authorization` header, where tokens are unless a provider says
//! otherwise), then `source` (a vendor's own header or cookie). Next: `provider`.

mod bearer;
mod digest;
mod source;

pub use bearer::{Scheme, Token};
pub use digest::TokenDigest;
pub use source::TokenSource;
pub(crate) use source::from_sources;
