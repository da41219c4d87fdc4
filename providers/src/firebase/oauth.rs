//! Access tokens of a service account: an assertion in, a token that Google's interfaces take out.
//!
//! See <https://developers.google.com/identity/protocols/oauth2/service-account>. One token is kept,
//! asked for once however many wait, and renewed well before it expires. Next: `accounts` and
//! `documents`, which show it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::Clock;
use auth_core::upstream::{Memo, MemoOptions, Upstream, UpstreamError, UpstreamSetupError};
use auth_core::{Environment, Secret};
use serde::Deserialize;

use super::service_account::ServiceAccount;

/// Who exchanges assertions, and so their audience. Where a key file says otherwise it is not asked:
/// an assertion is worth an access token to whoever gets it.
const AUDIENCE: &str = "https://oauth2.googleapis.com/token";
const GOOGLE: &str = "https://oauth2.googleapis.com";

const GRANT: &str = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer";

/// What is asked for: to read documents, and to look up accounts where that is wanted.
const DOCUMENTS: &str = "https://www.googleapis.com/auth/datastore";
const ACCOUNTS: &str = "https://www.googleapis.com/auth/identitytoolkit";

/// A token is renewed this long before it expires, or at half its life if that is later.
const AHEAD: Duration = Duration::from_mins(5);

/// How long a token is too young to be replaced because it was refused.
const YOUNG: Duration = Duration::from_secs(30);

/// The longest that a token is kept, whatever Google says of it.
const LONGEST: Duration = Duration::from_hours(1);

/// The access tokens of one account.
pub(super) struct AccessTokens {
    account: ServiceAccount,
    scopes: String,
    google: Upstream,
    clock: Arc<dyn Clock>,
    kept: Memo<(), AccessToken>,
}

/// A token, since when there is one, and when to ask for the next.
#[derive(Clone)]
pub(super) struct AccessToken {
    text: Arc<Secret<String>>,
    asked_at: Duration,
    renew_at: Duration,
}

/// Google's answer (RFC 6749, section 5.1).
#[derive(Deserialize)]
struct Granted {
    access_token: String,
    token_type: String,
    expires_in: u64,
}

impl AccessTokens {
    pub(super) fn new(
        account: &ServiceAccount,
        with_accounts: bool,
        environment: &Environment,
    ) -> Result<Arc<Self>, UpstreamSetupError> {
        let scopes =
            if with_accounts { format!("{DOCUMENTS} {ACCOUNTS}") } else { DOCUMENTS.to_owned() };
        Ok(Arc::new(Self {
            account: account.clone(),
            scopes,
            google: Upstream::at(GOOGLE, environment)?,
            clock: Arc::clone(environment.clock()),
            kept: Memo::new(MemoOptions { lifetime: LONGEST, capacity: 1 }, environment),
        }))
    }

    /// A token that is good for a while.
    pub(super) async fn current(self: &Arc<Self>) -> Result<AccessToken, UpstreamError> {
        let known = self.get().await?;
        if self.clock.monotonic() < known.renew_at {
            return Ok(known);
        }
        self.kept.forget(&());
        self.get().await
    }

    /// What to do when a token was refused: the next caller asks with another. One that was granted
    /// just now is no better than the next: where the account may not, there is no use in asking.
    pub(super) fn note<T>(&self, shown: &AccessToken, outcome: &Result<T, UpstreamError>) {
        let is_refused = matches!(outcome, Err(UpstreamError::OwnKeyRefused { .. }));
        if is_refused && self.clock.monotonic() >= shown.asked_at.saturating_add(YOUNG) {
            self.kept.forget(&());
        }
    }

    async fn get(self: &Arc<Self>) -> Result<AccessToken, UpstreamError> {
        let tokens = Arc::clone(self);
        self.kept.get((), || async move { tokens.ask().await }).await
    }

    async fn ask(&self) -> Result<AccessToken, UpstreamError> {
        let asked_at = self.clock.monotonic();
        let assertion = self
            .account
            .assertion(&self.scopes, AUDIENCE, self.clock.unix())
            .ok_or(UpstreamError::Malformed("our own assertion"))?;
        let form = format!("grant_type={GRANT}&assertion={assertion}");
        let granted: Granted = self.google.post_form(&["token"], form).json().await?;
        if !granted.token_type.eq_ignore_ascii_case("bearer") || granted.access_token.is_empty() {
            return Err(UpstreamError::Malformed("it grants no bearer token"));
        }
        let life = Duration::from_secs(granted.expires_in).min(LONGEST);
        let renew_at = asked_at.saturating_add(life.saturating_sub(AHEAD).max(life / 2));
        Ok(AccessToken { text: Arc::new(Secret::from(granted.access_token)), asked_at, renew_at })
    }
}

impl AccessToken {
    pub(super) fn text(&self) -> &Secret<String> {
        &self.text
    }
}

impl fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessTokens").field("account", &self.account).finish_non_exhaustive()
    }
}
