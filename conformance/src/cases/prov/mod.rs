//! What one vendor does differently: one file a vendor, run against the provider that plays it.
//!
//! Each case has `Need::Vendor("the-providers-name")`; every other subject skips it. A new vendor is
//! a file here, its `mod` and its line in [`CASES`].

mod auth0;
mod firebase;
mod firebase_keys;
mod firebase_setup;
mod firebase_user;

use crate::case::Case;

/// Every vendor's cases, by the vendor's name.
pub(super) const CASES: &[&[Case]] =
    &[auth0::CASES, firebase::CASES, firebase_keys::CASES, firebase_user::CASES];
