//! Ready authentication providers: one room a vendor, one feature a room.
//!
//! Each is a struct that says what its vendor's tokens look like; the work is done in
//! [`auth_core`]. Start with [`Auth0`]: the others differ in what they say, not in how.
//!
//! ```
//! use auth_core::config::{Environment, Vars};
//! use auth_providers::Auth0;
//!
//! let vars = Vars::from([("AUTH0_AUDIENCE", "https://api.acme.example")]);
//! let environment = Environment::process().with_vars(vars);
//! let auth0 = Auth0::builder().domain("acme.eu.auth0.com").build_in(&environment).unwrap();
//! assert_eq!(auth0.name(), "auth0");
//! ```

#[cfg(feature = "auth0")]
mod auth0;
#[cfg(feature = "clerk")]
mod clerk;
#[cfg(feature = "firebase")]
mod firebase;
#[cfg(any(feature = "auth0", feature = "oidc", feature = "okta"))]
mod id_token;
#[cfg(feature = "jwt")]
mod jwt;
#[cfg(feature = "jwt")]
mod jwt_keys;
#[cfg(feature = "oidc")]
mod oidc;
#[cfg(feature = "okta")]
mod okta;
#[cfg(feature = "jwt")]
mod secret_list;
#[cfg(feature = "static-tokens")]
mod static_tokens;
#[cfg(feature = "supabase")]
mod supabase;
#[cfg(feature = "workos")]
mod workos;

#[cfg(feature = "auth0")]
pub use auth0::{Auth0, Auth0Builder};
#[cfg(feature = "clerk")]
pub use clerk::{
    Clerk, ClerkBuilder, ClerkMachineToken, ClerkMembership, ClerkPublishableKey, ClerkUser,
    ClerkUserKind,
};
#[cfg(feature = "firebase")]
pub use firebase::{
    EmulatorHost, Firebase, FirebaseBuilder, FirebaseUser, ProjectId, ServiceAccount,
};
#[cfg(feature = "jwt")]
pub use jwt::{Jwt, JwtBuilder};
#[cfg(feature = "jwt")]
pub use jwt_keys::{JwtKeys, JwtKeysBuilder, PublicKeys};
#[cfg(feature = "oidc")]
pub use oidc::{Oidc, OidcBuilder};
#[cfg(feature = "okta")]
pub use okta::{Okta, OktaBuilder};
#[cfg(feature = "jwt")]
pub use secret_list::SecretList;
#[cfg(feature = "static-tokens")]
pub use static_tokens::{StaticTokens, StaticTokensBuilder, StaticUser, TokenTable};
#[cfg(feature = "supabase")]
pub use supabase::{ProjectUrl, Supabase, SupabaseBuilder, SupabaseUser};
#[cfg(feature = "workos")]
pub use workos::{
    ClaimPath, ClientId, Fga, FgaInterface, FgaMember, FgaNeed, FgaResource, FgaRule, WorkOs,
    WorkOsBuilder, WorkOsConnect, WorkOsConnectBuilder, WorkOsFga, WorkOsFgaBuilder,
    WorkOsMembership, WorkOsUser,
};

#[cfg(doctest)]
mod pages;
