//! What each vendor's fake promises, endpoint by endpoint: shapes and errors as the vendor documents
//! them. One module a vendor.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use auth_conformance as _;
use auth_providers as _;

mod auth0;
mod clerk;
mod cloudflare_access;
mod cognito;
mod entra;
mod firebase;
mod github_actions;
mod google_iap;
mod google_id_token;
mod keycloak;
mod kubernetes;
mod oidc;
mod okta;
mod shared;
mod supabase;
mod workos;
