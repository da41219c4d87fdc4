//! Users of a Firebase project: an ID token, or a session cookie, in; a [`FirebaseUser`] out.
//!
//! Read `provider` first (the options and the walk), then `rules` (what a token has to say). What
//! the token does not say is asked for: `accounts` (is the user still active?) and `documents` (what
//! does Firestore hold for them?), both with the access tokens of `oauth`, which a
//! `service_account` signs for. `value` reads Firestore's typed values. `emulator` is for machines
//! that have no production.

mod provider;
mod rules;
mod user;
mod accounts;
mod documents;
mod value;
mod oauth;
mod service_account;
mod project;
mod emulator;

pub use emulator::EmulatorHost;
pub use project::ProjectId;
pub use provider::{Firebase, FirebaseBuilder};
pub use service_account::ServiceAccount;
pub use user::FirebaseUser;
