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
#[cfg(feature = "cloudflare-access")]
mod cloudflare_access;
#[cfg(feature = "cognito")]
mod cognito;
#[cfg(feature = "entra")]
mod entra;
#[cfg(feature = "firebase")]
mod firebase;
#[cfg(feature = "github-actions")]
mod github_actions;
#[cfg(feature = "google-iap")]
mod google_iap;
#[cfg(feature = "google-id-token")]
mod google_id_token;
#[cfg(any(feature = "auth0", feature = "oidc", feature = "okta"))]
mod id_token;
#[cfg(feature = "jwt")]
mod jwt;
#[cfg(feature = "jwt")]
mod jwt_keys;
#[cfg(feature = "keycloak")]
mod keycloak;
#[cfg(feature = "kubernetes")]
mod kubernetes;
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
#[cfg(feature = "cloudflare-access")]
pub use cloudflare_access::{CloudflareAccess, CloudflareAccessBuilder};
#[cfg(feature = "cognito")]
pub use cognito::{Cognito, CognitoBuilder};
#[cfg(feature = "entra")]
pub use entra::{Entra, EntraBuilder, EntraUser};
#[cfg(feature = "firebase")]
pub use firebase::{
    EmulatorHost, Firebase, FirebaseBuilder, FirebaseUser, ProjectId, ServiceAccount,
};
#[cfg(feature = "github-actions")]
pub use github_actions::{GithubActions, GithubActionsBuilder};
#[cfg(feature = "google-iap")]
pub use google_iap::{GoogleIap, GoogleIapBuilder};
#[cfg(feature = "google-id-token")]
pub use google_id_token::{GoogleIdToken, GoogleIdTokenBuilder};
#[cfg(feature = "jwt")]
pub use jwt::{Jwt, JwtBuilder};
#[cfg(feature = "jwt")]
pub use jwt_keys::{JwtKeys, JwtKeysBuilder, PublicKeys};
#[cfg(feature = "keycloak")]
pub use keycloak::{Keycloak, KeycloakBuilder};
#[cfg(feature = "kubernetes")]
pub use kubernetes::{Kubernetes, KubernetesAccount, KubernetesBuilder};
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
    ClientId, Fga, FgaInterface, FgaMember, FgaNeed, FgaResource, FgaRule, WorkOs, WorkOsBuilder,
    WorkOsConnect, WorkOsConnectBuilder, WorkOsFga, WorkOsFgaBuilder, WorkOsMembership, WorkOsUser,
};

#[cfg(doctest)]
mod pages;
