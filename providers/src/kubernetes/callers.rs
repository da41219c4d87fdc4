//! Whose pods may call: lists from the configuration in, a check of a token's account out.

use auth_core::{AuthError, Claims};

use super::account::KubernetesAccount;

/// Whose pods may call.
pub(super) struct Callers {
    namespaces: Vec<String>,
    accounts: Vec<KubernetesAccount>,
    anybody: bool,
}

impl Callers {
    /// Those of these namespaces and accounts, or, by choice, everybody's.
    pub(super) fn new(
        namespaces: Option<&[String]>,
        accounts: Option<&[KubernetesAccount]>,
        anybody: bool,
    ) -> Self {
        let namespaces = namespaces.unwrap_or_default().to_vec();
        let accounts = accounts.unwrap_or_default().to_vec();
        Self { namespaces, accounts, anybody }
    }

    /// Refuses a token of any other account, and one that names none.
    pub(super) fn check(self) -> impl Fn(&Claims) -> Result<(), AuthError> + Send + Sync {
        move |claims| {
            let account = KubernetesAccount::of(claims)?;
            let is_listed = self.accounts.contains(&account)
                || self.namespaces.iter().any(|listed| listed == account.namespace());
            let may = self.anybody || is_listed;
            may.then_some(()).ok_or(AuthError::ClaimMismatch("sub".into()))
        }
    }
}
