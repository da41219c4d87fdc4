//! Tokens of Kubernetes service accounts.
//!
//! In: a token that a pod was given for this server's audience. Out: its claims. Checked: RS256 or
//! ES256 with the cluster's keys, issuer, audience, times, a `sub` that says the same as the claim
//! `kubernetes.io`, and whose account it is. Tokens that never expire are refused. See
//! <https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/>. Next: `account`.

use auth_core::jwt::Vocabulary;
use auth_core::{Algorithm, AuthProvider, Verifier};

use super::account::KubernetesAccount;
use super::callers::Callers;

/// Accepts service accounts of a Kubernetes cluster.
#[derive(AuthProvider)]
#[auth(name = "kubernetes", check = Self::check)]
pub struct Kubernetes {
    /// The cluster's `--service-account-issuer`, such as `https://kubernetes.default.svc.cluster.local`.
    #[auth(env = "KUBERNETES_ISSUER")]
    issuer: String,

    /// Audience that pods ask for (`serviceAccountToken.audience`).
    #[auth(env = "KUBERNETES_AUDIENCE")]
    audience: String,

    /// Namespaces whose service accounts may call. This or `service_accounts` is required.
    #[auth(env = "KUBERNETES_NAMESPACES")]
    namespaces: Option<Vec<String>>,

    /// Service accounts that may call, wherever they are, such as `shop/checkout`.
    #[auth(env = "KUBERNETES_SERVICE_ACCOUNTS")]
    service_accounts: Option<Vec<KubernetesAccount>>,

    /// Lets every pod of the cluster call: each may ask for a token with any audience.
    #[auth(env = "KUBERNETES_DANGER_ANY_SERVICE_ACCOUNT", default)]
    danger_any_service_account: bool,

    /// Address of the keys. The issuer says where they are when absent.
    #[auth(env = "KUBERNETES_KEYS_URL")]
    keys_url: Option<String>,

    #[auth(verify = match keys_url {
            Some(url) => Verifier::remote(url).issuer(issuer),
            None => Verifier::discover(issuer),
        }
        .algorithms([Algorithm::RS256, Algorithm::ES256])
        .audience(audience)
        .vocabulary(Vocabulary::new().organization(["kubernetes.io", "namespace"]))
        .check(Callers::new(
            namespaces.as_deref(), service_accounts.as_deref(), *danger_any_service_account,
        ).check()))]
    verifier: Verifier,
}

impl Kubernetes {
    fn check(&self) -> Result<(), &'static str> {
        let is_listed = self.namespaces.is_some() || self.service_accounts.is_some();
        (is_listed || self.danger_any_service_account).then_some(()).ok_or(
            "one of namespaces and service_accounts is required: call `.namespaces(..)` or set \
             KUBERNETES_NAMESPACES",
        )
    }
}
