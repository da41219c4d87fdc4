//! The questions: a member, a permission and a resource in; yes or no out, or the reason why nobody
//! knows. Next: `resource` and `member`.

use std::time::Duration;

use auth_core::upstream::{Memo, MemoOptions};
use auth_core::{Access, AuthError, Principal, Request};
use futures_util::future::BoxFuture;
use futures_util::stream::{self, StreamExt, TryStreamExt};

use super::interface::FgaInterface;
use super::member::FgaMember;
use super::resource::FgaNeed;
use crate::workos::directory::Directory;
use crate::workos::membership::{WorkOsMembership, acting};
use crate::workos::user::WorkOsUser;

/// The most questions of one call, how many are put at a time, and how many answers are kept.
const MOST: usize = 200;
const AT_ONCE: usize = 16;
const CAPACITY: usize = 10_000;

/// Asks WorkOS what its users may do. Cheap to clone; clones share what they know.
///
/// [`WorkOs::fga`](crate::WorkOs::fga) gives one; as a rule for routes:
///
/// ```
/// use auth_core::{ConfigError, Configured};
/// use auth_providers::{FgaNeed, FgaResource, WorkOs};
///
/// fn guarded() -> Result<Configured<WorkOs>, ConfigError> {
///     let workos = WorkOs::from_env()?;
///     let fga = workos.provider().fga();
///     Ok(workos.authorize_user_async(fga.rule(|_user, request| {
///         let id = request.path().strip_prefix("/documents/")?;
///         Some(FgaNeed::new("document:view", FgaResource::external("document", id)))
///     })))
/// }
/// # let _ = guarded;
/// ```
#[derive(Debug, Clone)]
pub struct Fga {
    directory: Directory,
    interface: FgaInterface,
    answers: Memo<(FgaMember, FgaNeed), Access>,
}

impl Fga {
    pub(in crate::workos) fn of(directory: Directory) -> Self {
        let answers = answers(&directory, Duration::ZERO);
        Self { directory, interface: FgaInterface::default(), answers }
    }

    /// The same questions, put to this interface.
    pub fn through(mut self, interface: FgaInterface) -> Self {
        self.interface = interface;
        self.keeping(Duration::ZERO)
    }

    /// Keeps answers this long: so long a permission that was withdrawn may go on. None unless told.
    pub fn keeping(mut self, lifetime: Duration) -> Self {
        self.answers = answers(&self.directory, lifetime);
        self
    }

    /// Whether this member may.
    ///
    /// # Errors
    ///
    /// [`AuthError::UpstreamUnavailable`] when nobody knows.
    pub async fn check(&self, member: &FgaMember, need: &FgaNeed) -> Result<Access, AuthError> {
        self.clone().answer(member.clone(), need.clone()).await
    }

    /// Goes on only if this member may.
    ///
    /// # Errors
    ///
    /// [`AuthError::AccessRefused`] when they may not, and as [`Fga::check`].
    pub async fn require(&self, member: &FgaMember, need: &FgaNeed) -> Result<(), AuthError> {
        match self.check(member, need).await? {
            Access::Granted => Ok(()),
            Access::Refused => Err(AuthError::AccessRefused),
        }
    }

    /// Whether this member may, for each of up to 200 needs, in their order.
    ///
    /// # Errors
    ///
    /// As [`Fga::check`], for all if it is so for one, and when there are more.
    pub async fn check_all(
        &self,
        member: &FgaMember,
        needs: impl IntoIterator<Item = FgaNeed>,
    ) -> Result<Vec<Access>, AuthError> {
        let needs: Vec<_> = needs.into_iter().take(MOST + 1).collect();
        if needs.len() > MOST {
            let problem = format!("more than {MOST} permissions are asked for at once");
            return Err(AuthError::AuthorizationFailed(problem));
        }
        let asked: Vec<_> =
            needs.into_iter().map(|need| self.clone().answer(member.clone(), need)).collect();
        stream::iter(asked).buffered(AT_ONCE).try_collect().await
    }

    /// Those of up to 200 items for which this member has what `need` says.
    ///
    /// # Errors
    ///
    /// As [`Fga::check_all`]: a list is whole, or there is none.
    pub async fn filter<T>(
        &self,
        member: &FgaMember,
        items: Vec<T>,
        need: impl Fn(&T) -> FgaNeed,
    ) -> Result<Vec<T>, AuthError> {
        let needs: Vec<_> = items.iter().map(need).collect();
        let answers = self.check_all(member, needs).await?;
        let answered = items.into_iter().zip(answers);
        Ok(answered
            .filter(|(_, answer)| *answer == Access::Granted)
            .map(|(item, _)| item)
            .collect())
    }

    /// The membership in which a user acts: as trusted claims say, that of their organization, or
    /// their only one. `None` when there is none, or nobody can say which.
    ///
    /// # Errors
    ///
    /// As [`Fga::check`].
    pub async fn member(&self, user: &WorkOsUser) -> Result<Option<FgaMember>, AuthError> {
        let id = user.workos_id().unwrap_or_else(|| user.subject());
        if let Some(membership) = user.membership_id() {
            return Ok(Some(FgaMember::new(id, membership)));
        }
        if user.memberships().is_some() {
            return Ok(None);
        }
        let memberships = self.directory.memberships(id).await?;
        let membership = acting(&memberships, None, user.organization());
        Ok(membership.map(WorkOsMembership::id).map(|membership| FgaMember::new(id, membership)))
    }

    /// Whether this user may, in the membership in which they act; without one they may not.
    ///
    /// # Errors
    ///
    /// As [`Fga::check`].
    pub async fn check_user(&self, user: &WorkOsUser, need: FgaNeed) -> Result<Access, AuthError> {
        match self.member(user).await? {
            Some(member) => self.clone().answer(member, need).await,
            None => Ok(Access::Refused),
        }
    }

    /// A rule for `authorize_user_async`: what a request needs; `None` refuses it.
    pub fn rule<F>(
        &self,
        need: F,
    ) -> impl for<'a> Fn(&'a WorkOsUser, &'a Request<'a>) -> BoxFuture<'a, Result<Access, AuthError>>
    + Send
    + Sync
    + 'static
    where
        F: Fn(&WorkOsUser, &Request<'_>) -> Option<FgaNeed> + Send + Sync + 'static,
    {
        let fga = self.clone();
        move |user, request| {
            let (fga, need) = (fga.clone(), need(user, request));
            Box::pin(async move {
                match need {
                    Some(need) => fga.check_user(user, need).await,
                    None => Ok(Access::Refused),
                }
            })
        }
    }

    async fn answer(self, member: FgaMember, need: FgaNeed) -> Result<Access, AuthError> {
        let (interface, api) = (self.interface, self.directory.api.clone());
        let key = (member.clone(), need.clone());
        Ok(self.answers.get(key, || interface.ask(api, member, need)).await?)
    }
}

fn answers(directory: &Directory, lifetime: Duration) -> Memo<(FgaMember, FgaNeed), Access> {
    Memo::new(MemoOptions { lifetime, capacity: CAPACITY }, &directory.environment)
}
