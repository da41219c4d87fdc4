//! What one vendor does differently: one file a vendor, run against the provider that plays it.
//!
//! Each case has `Need::Vendor("the-providers-name")`; every other subject skips it. A new vendor is
//! a file here, its `mod` and its line in [`CASES`].

mod auth0;
mod clerk;
mod clerk_kind;
mod clerk_machine;
mod clerk_membership;
mod clerk_organization;
mod workos;
mod workos_connect;
mod workos_fga;
mod workos_users;

use crate::case::Case;

/// Every vendor's cases, by the vendor's name.
pub(super) const CASES: &[&[Case]] = &[
    auth0::CASES,
    workos::CASES,
    workos_users::CASES,
    workos_fga::CASES,
    workos_connect::CASES,
    clerk::CASES,
    clerk_kind::CASES,
    clerk_organization::CASES,
    clerk_membership::CASES,
    clerk_machine::CASES,
];
