//! The examples of the README and of every provider's page compile: they are doctests.

#[cfg(feature = "auth0")]
#[doc = include_str!("../../docs/providers/auth0.md")]
struct Auth0;
#[cfg(feature = "cloudflare-access")]
#[doc = include_str!("../../docs/providers/cloudflare-access.md")]
struct CloudflareAccess;
#[cfg(feature = "cognito")]
#[doc = include_str!("../../docs/providers/cognito.md")]
struct Cognito;
#[cfg(feature = "entra")]
#[doc = include_str!("../../docs/providers/entra.md")]
struct Entra;
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
#[cfg(feature = "auth0")]
#[doc = include_str!("../../README.md")]
struct Readme;
