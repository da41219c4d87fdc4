//! The examples of the README and of every provider's page compile: they are doctests.

#[cfg(feature = "auth0")]
#[doc = include_str!("../../docs/providers/auth0.md")]
struct Auth0;
#[cfg(feature = "clerk")]
#[doc = include_str!("../../docs/providers/clerk.md")]
struct Clerk;
#[cfg(feature = "jwt")]
#[doc = include_str!("../../docs/providers/jwt.md")]
struct Jwt;
#[cfg(feature = "workos")]
#[doc = include_str!("../../docs/providers/workos.md")]
struct WorkOs;
#[cfg(feature = "workos")]
#[doc = include_str!("../../docs/providers/workos-fga.md")]
struct WorkOsFga;
#[cfg(feature = "workos")]
#[doc = include_str!("../../docs/providers/workos-connect.md")]
struct WorkOsConnect;
#[cfg(feature = "auth0")]
#[doc = include_str!("../../README.md")]
struct Readme;
