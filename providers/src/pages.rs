//! The examples of the README and of every provider's page compile: they are doctests.

#[cfg(feature = "auth0")]
#[doc = include_str!("../../docs/providers/auth0.md")]
struct Auth0;
#[cfg(feature = "clerk")]
#[doc = include_str!("../../docs/providers/clerk.md")]
struct Clerk;
#[cfg(feature = "cloudflare-access")]
#[doc = include_str!("../../docs/providers/cloudflare-access.md")]
struct CloudflareAccess;
#[cfg(feature = "cognito")]
#[doc = include_str!("../../docs/providers/cognito.md")]
struct Cognito;
#[cfg(feature = "entra")]
#[doc = include_str!("../../docs/providers/entra.md")]
struct Entra;
#[cfg(feature = "firebase")]
#[doc = include_str!("../../docs/providers/firebase.md")]
struct Firebase;
#[cfg(feature = "github-actions")]
#[doc = include_str!("../../docs/providers/github-actions.md")]
struct GithubActions;
#[cfg(feature = "google-iap")]
#[doc = include_str!("../../docs/providers/google-iap.md")]
struct GoogleIap;
#[cfg(feature = "google-id-token")]
#[doc = include_str!("../../docs/providers/google-id-token.md")]
struct GoogleIdToken;
#[cfg(feature = "jwt")]
#[doc = include_str!("../../docs/providers/jwt.md")]
struct Jwt;
#[cfg(feature = "keycloak")]
#[doc = include_str!("../../docs/providers/keycloak.md")]
struct Keycloak;
#[cfg(feature = "kubernetes")]
#[doc = include_str!("../../docs/providers/kubernetes.md")]
struct Kubernetes;
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
#[cfg(feature = "workos")]
#[doc = include_str!("../../docs/providers/workos.md")]
struct WorkOs;
#[cfg(feature = "workos")]
#[doc = include_str!("../../docs/providers/workos-connect.md")]
struct WorkOsConnect;
#[cfg(feature = "workos")]
#[doc = include_str!("../../docs/providers/workos-fga.md")]
struct WorkOsFga;
#[cfg(feature = "auth0")]
#[doc = include_str!("../../README.md")]
struct Readme;
