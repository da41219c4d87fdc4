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
#[cfg(feature = "firebase")]
#[doc = include_str!("../../docs/providers/firebase.md")]
struct Firebase;
#[cfg(feature = "oidc")]
#[doc = include_str!("../../docs/providers/oidc.md")]
struct Oidc;
#[cfg(feature = "okta")]
#[doc = include_str!("../../docs/providers/okta.md")]
struct Okta;
#[cfg(feature = "static-tokens")]
#[doc = include_str!("../../docs/providers/static-tokens.md")]
struct StaticTokens;
#[cfg(feature = "supabase")]
#[doc = include_str!("../../docs/providers/supabase.md")]
struct Supabase;
#[cfg(feature = "auth0")]
#[doc = include_str!("../../README.md")]
struct Readme;
