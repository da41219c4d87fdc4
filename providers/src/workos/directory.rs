//! What WorkOS is asked about a user: an id in, the user's record and memberships out, kept
//! briefly. Read `listed` for the pages. Next: `user`.

use std::sync::Arc;
use std::time::Duration;

use auth_core::config::{Environment, ValueError, Vars};
use auth_core::upstream::{Memo, MemoOptions, Upstream, UpstreamError};
use auth_core::{AuthError, Secret};
use serde::Deserialize;

use super::listed;
use super::membership::WorkOsMembership;

/// The most users of whom something is kept.
const CAPACITY: usize = 10_000;

/// The longest that anything is kept.
const LONGEST: Duration = Duration::from_mins(5);

/// Users and their memberships. Cheap to clone; clones share what they know.
#[derive(Debug, Clone)]
pub(super) struct Directory {
    pub(super) api: Upstream,
    pub(super) environment: Environment,
    /// `None` for somebody who is gone.
    users: Memo<String, Option<Arc<Record>>>,
    memberships: Memo<String, Arc<[WorkOsMembership]>>,
}

/// A user as WorkOS has them. <https://workos.com/docs/reference/authkit/user>
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Record {
    id: String,
    pub(super) email: String,
    pub(super) email_verified: bool,
    #[serde(default)]
    pub(super) first_name: Option<String>,
    #[serde(default)]
    pub(super) last_name: Option<String>,
    #[serde(default)]
    pub(super) external_id: Option<String>,
}

/// An API key as a text: one word of visible ASCII, as it has to stand in a header.
pub(super) fn api_key(text: &str) -> Result<Secret<String>, ValueError> {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(Secret::from(text));
    }
    Err(ValueError::new("one word such as sk_live_..: is a line break from a file left?"))
}

/// That what WorkOS says is not kept for too long: a right that was withdrawn has to end.
pub(super) fn kept_briefly(name: &str, lifetime: Duration) -> Result<(), String> {
    if lifetime <= LONGEST {
        return Ok(());
    }
    let limit = LONGEST.as_secs() / 60;
    Err(format!("{name} is more than {limit} minutes: so long a withdrawn right would go on"))
}

/// What WorkOS says with every error.
#[derive(Debug, Deserialize)]
struct Complaint {
    #[serde(rename = "message")]
    _message: String,
}

impl Directory {
    /// The directory at this address. What it says is kept for `lifetime`.
    ///
    /// # Errors
    ///
    /// When the key cannot stand in a header.
    pub(super) fn at(
        base: &str,
        api_key: &Secret<String>,
        lifetime: Duration,
        environment: &Environment,
    ) -> Result<Self, auth_core::upstream::UpstreamSetupError> {
        let options = MemoOptions { lifetime, capacity: CAPACITY };
        Ok(Self {
            api: Upstream::at(base, environment)?.bearer(api_key)?,
            environment: environment.clone().with_vars(Vars::empty()),
            users: Memo::new(options, environment),
            memberships: Memo::new(options, environment),
        })
    }

    /// The user of this id.
    ///
    /// # Errors
    ///
    /// [`AuthError::UserInactive`] when there is none (any more), and
    /// [`AuthError::UpstreamUnavailable`] when nobody knows.
    pub(super) async fn user(&self, id: &str) -> Result<Arc<Record>, AuthError> {
        let (api, key) = (self.api.clone(), id.to_owned());
        let known = self.users.get(key.clone(), || record(api, key)).await?;
        known.ok_or(AuthError::UserInactive)
    }

    /// Every active membership of the user of this id.
    ///
    /// # Errors
    ///
    /// [`AuthError::UpstreamUnavailable`] when nobody knows.
    pub(super) async fn memberships(
        &self,
        user: &str,
    ) -> Result<Arc<[WorkOsMembership]>, AuthError> {
        let (api, clock, key) =
            (self.api.clone(), Arc::clone(self.environment.clock()), user.to_owned());
        let ask = || listed::memberships(api, clock, user.to_owned());
        Ok(self.memberships.get(key, ask).await?)
    }
}

async fn record(api: Upstream, id: String) -> Result<Option<Arc<Record>>, UpstreamError> {
    match api.get(&["user_management", "users", &id]).json::<Record>().await {
        Ok(record) if record.id == id => Ok(Some(Arc::new(record))),
        Ok(_) => Err(UpstreamError::Malformed("it tells of another user")),
        Err(error) => absent(error).map(|()| None),
    }
}

/// Nothing, where WorkOS itself says that there is no such thing; every other failure stays one,
/// and so does a 404 that somebody else wrote.
pub(super) fn absent(error: UpstreamError) -> Result<(), UpstreamError> {
    match &error {
        UpstreamError::NotFound(body) if body.json::<Complaint>().is_some() => Ok(()),
        _ => Err(error),
    }
}
