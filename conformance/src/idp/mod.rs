//! Local identity providers: what a subject takes for its vendor.
//!
//! Read `issuer` (a key set that can misbehave and counts what it is asked), `network` (how a
//! subject gets there under the vendor's host name), then the vendors' own rooms, which say how
//! their tokens and key sets look.

mod issuer;
mod network;

pub mod auth0;
pub mod jwt;
pub mod vendor;

pub use issuer::{Asked, Issuer, Purpose, Reply};
pub use network::{Network, client};
pub use vendor::Vendor;
