//! Local identity providers: what a subject takes for its vendor.
//!
//! Read `vendor` (what a room says about a vendor), `endpoint` (what it serves besides keys),
//! `issuer` (which serves it all, misbehaves, and counts what it is asked: `asked`, `reply`,
//! `script`, `answers`, `door`), `network` (how a subject gets there under the vendor's host name), then the
//! vendors' own rooms.

mod asked;
mod clerk_api;
mod description;
mod endpoint;
mod issuer;
mod network;
mod reply;
mod script;
mod answers;
mod door;

pub mod auth0;
pub mod clerk;
pub mod cloudflare_access;
pub mod cognito;
pub mod composite;
pub mod entra;
pub mod firebase;
pub mod github_actions;
pub mod google_iap;
pub mod google_id_token;
pub mod jwt;
pub mod keycloak;
pub mod kubernetes;
pub mod oidc;
pub mod okta;
pub mod static_tokens;
pub mod supabase;
pub mod vendor;
pub mod workos;

pub use asked::{Asked, Purpose};
pub use endpoint::{Asking, Endpoint, Facts};
pub use issuer::{Issuer, Start};
pub use network::{Network, client};
pub use reply::{Arrival, Reply};
pub use vendor::Vendor;
