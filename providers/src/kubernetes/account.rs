//! A service account: `namespace/name`, or the claims of a token, in; both names out.

use auth_core::config::{FromEnv, ValueError};
use auth_core::{AuthError, Claims};

/// A service account of a cluster, written `namespace/name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KubernetesAccount {
    namespace: String,
    name: String,
}

impl KubernetesAccount {
    /// Its namespace.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Its name in that namespace.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whose token it is.
    ///
    /// # Errors
    ///
    /// When `sub` is not `system:serviceaccount:{namespace}:{name}`, or the claim `kubernetes.io`
    /// says something else.
    pub fn of(claims: &Claims) -> Result<Self, AuthError> {
        let missing = |claim: &'static str| AuthError::ClaimMissing(claim.into());
        let subject = claims.claim("sub").ok_or(missing("sub"))?;
        let bound = claims.get("kubernetes.io").ok_or(missing("kubernetes.io"))?;
        let account = subject.strip_prefix("system:serviceaccount:");
        let account = account.and_then(|account| Self::split(account, ':'));
        let is_bound = |account: &Self| {
            bound["namespace"] == account.namespace
                && bound["serviceaccount"]["name"] == account.name
        };
        account.filter(is_bound).ok_or(AuthError::ClaimMalformed("sub"))
    }

    fn split(text: &str, sign: char) -> Option<Self> {
        let (namespace, name) = text.split_once(sign)?;
        let is_name = |name: &str| !name.is_empty() && !name.contains([':', '/', '*']);
        let both = is_name(namespace) && is_name(name);
        both.then(|| Self { namespace: namespace.to_owned(), name: name.to_owned() })
    }
}

impl FromEnv for KubernetesAccount {
    fn from_env(text: &str) -> Result<Self, ValueError> {
        let expected = || ValueError::new("a service account such as shop/checkout").found(text);
        Self::split(text, '/').ok_or_else(expected)
    }
}

impl TryFrom<&str> for KubernetesAccount {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Self::from_env(text)
    }
}
