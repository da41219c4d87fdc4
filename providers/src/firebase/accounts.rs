//! Whether a user is still active: verified claims in, nothing or a refusal out.
//!
//! Firebase is asked for the account (`accounts:lookup`, see
//! <https://firebase.google.com/docs/auth/admin/manage-sessions>). A user who was deleted or disabled,
//! or who signed in before their sessions were revoked, is refused. Next: `documents`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use auth_core::upstream::{Memo, MemoOptions, Upstream, UpstreamError, UpstreamSetupError};
use auth_core::{AuthError, Claims, Environment, Principal, Secret};
use serde::Deserialize;
use serde_json::{Value, json};

use super::emulator::Emulator;
use super::oauth::AccessTokens;
use super::project::ProjectId;
use super::rules;

const IDENTITY_TOOLKIT: &str = "https://identitytoolkit.googleapis.com/v1";

const KIND: &str = "identitytoolkit#GetAccountInfoResponse";

/// The most users whose answers are kept.
const CAPACITY: usize = 10_000;

/// The project's accounts. Cheap to clone.
#[derive(Clone)]
pub(super) struct Accounts {
    project: ProjectId,
    identity_toolkit: Upstream,
    credentials: Credentials,
    known: Memo<(Option<String>, String), Option<Account>>,
}

/// Who asks.
#[derive(Clone)]
enum Credentials {
    Account(Arc<AccessTokens>),
    /// What an emulator takes for its owner.
    Owner,
}

/// What was said of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Account {
    state: State,
    /// Sessions that began before this second are revoked.
    valid_since: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Enabled,
    Disabled,
}

/// `GetAccountInfoResponse`. Nobody found means no `users` at all: by its kind it is told from an
/// answer that says nothing.
#[derive(Deserialize)]
struct Found {
    kind: String,
    #[serde(default)]
    users: Vec<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    local_id: String,
    #[serde(default)]
    disabled: bool,
    valid_since: Option<Value>,
    tenant_id: Option<String>,
}

impl Accounts {
    /// Asks an emulator always, Firebase with these tokens, and nobody without either.
    pub(super) fn of(
        project: &ProjectId,
        emulator: Option<&Emulator>,
        tokens: Option<&Arc<AccessTokens>>,
        lifetime: Duration,
        environment: &Environment,
    ) -> Result<Option<Self>, UpstreamSetupError> {
        let (base, credentials) = match (emulator, tokens) {
            (Some(emulator), _) => (emulator.identity_toolkit(), Credentials::Owner),
            (None, Some(tokens)) => {
                (IDENTITY_TOOLKIT.to_owned(), Credentials::Account(Arc::clone(tokens)))
            }
            (None, None) => return Ok(None),
        };
        let options = MemoOptions { lifetime, capacity: CAPACITY };
        Ok(Some(Self {
            project: project.clone(),
            identity_toolkit: Upstream::at(&base, environment)?,
            credentials,
            known: Memo::new(options, environment),
        }))
    }

    /// Refuses a user who is not.
    pub(super) async fn must_be_active(&self, claims: &Claims) -> Result<(), AuthError> {
        let tenant = rules::tenant(claims)?.map(str::to_owned);
        let key = (tenant, claims.subject().to_owned());
        let (accounts, of) = (self.clone(), key.clone());
        let ask = || async move { accounts.ask(of.0.as_deref(), &of.1).await };
        let account = self.known.get(key, ask).await?;
        let signed_in_at = rules::signed_in_at(claims)?;
        let is_active = account.is_some_and(|account| {
            account.state == State::Enabled && signed_in_at >= account.valid_since
        });
        if is_active { Ok(()) } else { Err(AuthError::UserInactive) }
    }

    async fn ask(&self, tenant: Option<&str>, uid: &str) -> Result<Option<Account>, UpstreamError> {
        let project = self.project.as_str();
        let path = match tenant {
            Some(tenant) => vec!["projects", project, "tenants", tenant, "accounts:lookup"],
            None => vec!["projects", project, "accounts:lookup"],
        };
        let question = self.identity_toolkit.post(&path, &json!({ "localId": [uid] }));
        let found: Found = match &self.credentials {
            Credentials::Owner => question.key(&Secret::from("owner")).json().await?,
            Credentials::Account(tokens) => {
                let token = tokens.current().await?;
                let found = question.key(token.text()).json().await;
                tokens.note(&token, &found);
                found?
            }
        };
        if found.kind != KIND {
            return Err(UpstreamError::Malformed("it is no answer about an account"));
        }
        match found.users.as_slice() {
            [] => Ok(None),
            [user] if user.local_id == uid && user.tenant_id.as_deref() == tenant => {
                user.account().map(Some).ok_or(UpstreamError::Malformed("an account without times"))
            }
            _ => Err(UpstreamError::Malformed("it tells of another account")),
        }
    }
}

impl User {
    /// `validSince` is seconds since 1970, as a text; an account whose sessions were never revoked
    /// may have none.
    fn account(&self) -> Option<Account> {
        let valid_since = match &self.valid_since {
            None | Some(Value::Null) => 0,
            Some(Value::String(text)) => text.parse().ok()?,
            Some(other) => other.as_u64()?,
        };
        let state = if self.disabled { State::Disabled } else { State::Enabled };
        Some(Account { state, valid_since })
    }
}

impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Accounts({:?}, {:?})", self.identity_toolkit, self.known)
    }
}
