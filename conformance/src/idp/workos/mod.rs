//! WorkOS as its providers see it: sessions of AuthKit, users and memberships, both interfaces of
//! fine-grained authorization, and Connect, whose tokens have another issuer and other keys.
//!
//! Read `session` (tokens and keys), `users`, `memberships` and `permissions` (what else is served),
//! `answer` (what all answers have in common). Facts that a scene can set are named in [`facts`].

mod answer;
mod api_keys;
mod connect;
mod memberships;
mod permissions;
mod session;
mod users;

use super::{Endpoint, Vendor};
use crate::fake::named;

pub use api_keys::USERS_KEY;
pub use connect::VENDOR as CONNECT;

/// The environment's client id, and its key.
pub const CLIENT_ID: &str = "client_01HFAKE0000000000000000000";
/// What its interface wants to be shown.
pub const API_KEY: &str = "sk_test_a1b2c3d4e5f60718293a4b5c6d7e8f90-workos";
/// The user of good tokens.
pub const USER: &str = "user_01HFAKEUSER000000000000000";
/// Their organization, and their membership in it.
pub const ORGANIZATION: &str = "org_01HFAKEORGANIZATION00000000";
/// Their membership in it.
pub const MEMBERSHIP: &str = "om_01HFAKEMEMBERSHIP0000000000";

/// What a scene can set, by name.
pub mod facts {
    /// Ids of users who were deleted: a list.
    pub const GONE: &str = "gone";
    /// The memberships of every user: a list of `{id, organization_id, status, role}`; unless it is
    /// set, one in [`ORGANIZATION`](super::ORGANIZATION) as `member`.
    pub const MEMBERSHIPS: &str = "memberships";
    /// What is not granted: a list of permissions. All that is known is granted unless it is here.
    pub const WITHDRAWN: &str = "withdrawn";
}

/// Sessions, with memberships.
pub const VENDOR: Vendor = Vendor {
    provider: "workos",
    variables: &[
        ("WORKOS_API_KEY", API_KEY),
        ("WORKOS_CLIENT_ID", CLIENT_ID),
        ("WORKOS_FETCH_MEMBERSHIPS", "true"),
    ],
    subject: USER,
    claims: session::claims,
    key_set: session::key_set,
    endpoints: &[
        users::USER,
        memberships::MEMBERSHIPS,
        Endpoint { is_asked: false, ..permissions::CHECK },
        permissions::WARRANTS,
        api_keys::VALIDATION,
        session::OTHER_KEYS,
    ],
    ..Vendor::PLAIN
};

/// Sessions, and permissions that are asked for.
pub const FGA: Vendor = Vendor {
    provider: "workos-fga",
    variables: &[
        ("WORKOS_API_KEY", API_KEY),
        ("WORKOS_CLIENT_ID", CLIENT_ID),
        ("WORKOS_FGA_RULES", "* /orders orders:read shop/acme"),
        ("WORKOS_FGA_INTERFACE", "authorization"),
    ],
    endpoints: &[
        users::USER,
        memberships::MEMBERSHIPS,
        permissions::CHECK,
        permissions::WARRANTS,
        api_keys::VALIDATION,
        session::OTHER_KEYS,
    ],
    ..VENDOR
};

named! {
    /// WorkOS, for `WorkOs`.
    WorkOsFake, VENDOR
}

named! {
    /// WorkOS, for `WorkOsFga`.
    WorkOsFgaFake, FGA
}

named! {
    /// WorkOS Connect, for `WorkOsConnect`.
    WorkOsConnectFake, CONNECT
}
