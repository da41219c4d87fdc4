//! What one vendor does differently: one file a vendor, run against the provider that plays it.
//!
//! Each case has `Need::Vendor("the-providers-name")`; every other subject skips it. A new vendor is
//! a file here, its `mod` and its line in [`CASES`].

mod auth0;
mod cloudflare_access;
mod cognito;
mod common;
mod entra;
mod entra_keys;
mod github_actions;
mod google_iap;
mod google_id_token;
mod keycloak;
mod kubernetes;

use crate::case::Case;

/// Every vendor's cases, by the vendor's name.
pub(super) const CASES: &[&[Case]] = &[
    auth0::CASES,
    cloudflare_access::CASES,
    cognito::CASES,
    entra::CASES,
    entra_keys::CASES,
    github_actions::CASES,
    google_iap::CASES,
    google_id_token::CASES,
    keycloak::CASES,
    kubernetes::CASES,
];
