//! Tokens of Kubernetes service accounts.
//!
//! In: a token that a pod was given for this server's audience. Out: its claims. Checked: RS256 or
//! ES256 with the cluster's keys, issuer, audience, times, a `sub` that says the same as the claim
//! `kubernetes.io`, and whose account it is. Tokens that never expire are refused. See
//! <https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/>.

use auth_core::jwt::{VerifierBuilder, Vocabulary};
use auth_core::{Algorithm, AuthError, AuthProvider, Claims, Verifier};

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

    /// Service accounts that may call as well, such as `shop/checkout`.
    #[auth(env = "KUBERNETES_SERVICE_ACCOUNTS")]
    service_accounts: Option<Vec<String>>,

    /// Lets every pod of the cluster call: each may ask for a token with any audience.
    #[auth(env = "KUBERNETES_DANGER_ANY_SERVICE_ACCOUNT", default)]
    danger_any_service_account: bool,

    /// Address of the keys. The issuer says where they are when absent.
    #[auth(env = "KUBERNETES_KEYS_URL")]
    keys_url: Option<String>,

    #[auth(verify = cluster(issuer, keys_url.as_deref())
        .algorithms([Algorithm::RS256, Algorithm::ES256])
        .audience(audience)
        .vocabulary(Vocabulary::new().organization(["kubernetes.io", "namespace"]))
        .check({
            let namespaces = namespaces.clone().unwrap_or_default();
            let accounts = service_accounts.clone().unwrap_or_default();
            let any = *danger_any_service_account;
            move |claims| {
                let (namespace, name) = account(claims)?;
                let is_named = |listed: &String| listed.split_once('/') == Some((namespace, name));
                let is_listed = namespaces.iter().any(|listed| listed == namespace);
                let may = any || is_listed || accounts.iter().any(is_named);
                may.then_some(()).ok_or(AuthError::ClaimMismatch("sub".into()))
            }
        }))]
    verifier: Verifier,
}

impl Kubernetes {
    fn check(&self) -> Result<(), &'static str> {
        let is_list = self.namespaces.is_some() || self.service_accounts.is_some();
        match (is_list, self.danger_any_service_account) {
            (true, true) => Err("danger_any_service_account contradicts the lists: unset one"),
            (false, false) => Err("one of namespaces and service_accounts is required: call \
                                   `.namespaces(..)` or set KUBERNETES_NAMESPACES"),
            _ => Ok(()),
        }
    }
}

fn cluster(issuer: &str, keys_url: Option<&str>) -> VerifierBuilder {
    match keys_url {
        Some(url) => Verifier::remote(url).issuer(issuer),
        None => Verifier::discover(issuer),
    }
}

/// Namespace and name, if `sub` and the claim `kubernetes.io` agree on them.
fn account(claims: &Claims) -> Result<(&str, &str), AuthError> {
    let subject = claims.claim("sub").ok_or(AuthError::ClaimMissing("sub".into()))?;
    let bound =
        claims.get("kubernetes.io").ok_or(AuthError::ClaimMissing("kubernetes.io".into()))?;
    let account = subject.strip_prefix("system:serviceaccount:");
    let account = account.and_then(|account| account.split_once(':'));
    account
        .filter(|(namespace, name)| {
            bound["namespace"] == *namespace && bound["serviceaccount"]["name"] == *name
        })
        .ok_or(AuthError::ClaimMalformed("sub"))
}
