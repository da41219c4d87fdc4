//! Assertions of Google's Identity-Aware Proxy.
//!
//! In: the header `x-goog-iap-jwt-assertion`; the unsigned ones beside it are not looked at. Out: the
//! assertion's claims. Checked: ES256 with the proxy's keys, issuer, the resource's path as audience,
//! times, the hosted domain where one is configured. See
//! <https://cloud.google.com/iap/docs/signed-headers-howto>.

use auth_core::token::TokenSource;
use auth_core::{Algorithm, AuthProvider, Verifier};

/// Accepts users whom Google's Identity-Aware Proxy let through.
#[derive(AuthProvider)]
#[auth(name = "google-iap", check = Self::check)]
pub struct GoogleIap {
    /// Path of the resource behind the proxy, such as `/projects/123/global/backendServices/456`.
    #[auth(env = "GOOGLE_IAP_AUDIENCE")]
    audience: String,

    /// Google Workspace domains whose users are accepted (`hd`). Whomever the proxy lets through when
    /// absent.
    #[auth(env = "GOOGLE_IAP_HOSTED_DOMAINS")]
    hosted_domains: Option<Vec<String>>,

    #[auth(verify = Verifier::remote("https://www.gstatic.com/iap/verify/public_key-jwk")
        .algorithms([Algorithm::ES256])
        .issuer("https://cloud.google.com/iap")
        .audience(audience)
        .require("sub")
        .require("iat")
        .expect_if_given("hd", hosted_domains.as_ref())
        .token_from(TokenSource::header("x-goog-iap-jwt-assertion")))]
    verifier: Verifier,
}

impl GoogleIap {
    fn check(&self) -> Result<(), String> {
        let path = &self.audience;
        path.starts_with("/projects/").then_some(()).ok_or_else(|| {
            format!("audience: expected a path such as /projects/123/apps/acme, found {path:?}")
        })
    }
}
