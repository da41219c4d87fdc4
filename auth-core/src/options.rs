//! What an application can change about any provider: its name, its open paths, and the rule about
//! its users.
//!
//! In: the calls on a builder. Out: what `configured` holds. Every mistake is kept and reported
//! with the configuration's others.

use std::any::Any;
use std::borrow::Cow;
use std::fmt::{self, Debug, Display};
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::access::{AccessRules, Pattern};
use crate::config::{Slot, Texts};
use crate::error::AuthError;
use crate::provider::{Access, Authenticate};
use crate::request::Request;

/// What every provider's builder offers besides its own options. Filled by derived code.
pub struct Options<P> {
    pub(crate) name: Option<Cow<'static, str>>,
    pub(crate) access: AccessRules,
    pub(crate) authorize: Option<Arc<dyn Rule<P>>>,
    pub(crate) resource_id: Option<Arc<dyn ResourceId<P>>>,
    /// Options of the provider's own that were given by name.
    pub(crate) texts: Texts,
    /// Every mistake so far: the option and what is wrong with it.
    pub(crate) problems: Vec<(&'static str, String)>,
}

/// What an authorization rule may answer: a `bool` or an [`Access`], plain or in a `Result`.
///
/// An error is never an allow: it refuses with 503, since nobody could find out.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no answer to whether a user may do this",
    note = "return `bool`, `Access`, or a `Result` of either"
)]
pub trait IntoAccess {
    /// The answer in one form.
    fn into_access(self) -> Result<Access, AuthError>;
}

impl IntoAccess for bool {
    fn into_access(self) -> Result<Access, AuthError> {
        Ok(self.into())
    }
}

impl IntoAccess for Access {
    fn into_access(self) -> Result<Access, AuthError> {
        Ok(self)
    }
}

/// An [`AuthError`] keeps its class; any other error means that nobody could find out. Its text
/// goes to the log, so it should hold no secret.
impl<A: Into<Access>, E: Display + 'static> IntoAccess for Result<A, E> {
    fn into_access(self) -> Result<Access, AuthError> {
        self.map(Into::into).map_err(|error| {
            let ours = (&error as &dyn Any).downcast_ref::<AuthError>().cloned();
            ours.unwrap_or_else(|| AuthError::AuthorizationFailed(error.to_string()))
        })
    }
}

impl<P> Options<P> {
    /// Nothing changed.
    pub fn new() -> Self {
        Self {
            name: None,
            access: AccessRules::default(),
            authorize: None,
            resource_id: None,
            texts: Texts::empty(),
            problems: Vec::new(),
        }
    }

    /// Another name for logs, where several providers of one kind stand side by side.
    pub fn name(&mut self, name: impl Into<Cow<'static, str>>) {
        let name = name.into();
        if name.trim().is_empty() {
            self.problems.push(("name", "must not be blank".to_owned()));
        }
        self.name = Some(name);
    }

    /// An option of the provider's own, by its name.
    pub fn set(&mut self, option: impl Into<String>, text: impl Into<String>) {
        self.texts.set(option, text);
    }

    /// Several of them.
    pub fn set_all(&mut self, texts: Texts) {
        self.texts.append(texts);
    }

    /// Whether an option was given by its setter or by its name: what a builder prints of it.
    #[doc(hidden)]
    pub fn given<T>(&self, option: &str, slot: &Slot<T>) -> impl Debug + use<P, T> {
        let given = slot.is_given() || self.texts.names().any(|name| name == option);
        Given(given)
    }

    /// Paths that need no user.
    pub fn public<S: AsRef<str>>(&mut self, patterns: impl IntoIterator<Item = S>) {
        self.patterns("public", patterns, AccessRules::add_public);
    }

    /// Paths that need a user although a public pattern matches them.
    pub fn protected<S: AsRef<str>>(&mut self, patterns: impl IntoIterator<Item = S>) {
        self.patterns("protected", patterns, AccessRules::add_protected);
    }

    fn patterns<S: AsRef<str>>(
        &mut self,
        option: &'static str,
        patterns: impl IntoIterator<Item = S>,
        add: fn(&mut AccessRules, Pattern),
    ) {
        for pattern in patterns {
            match Pattern::parse(pattern.as_ref()) {
                Ok(pattern) => add(&mut self.access, pattern),
                Err(message) => self.problems.push((option, message)),
            }
        }
    }
}

impl<P: Authenticate> Options<P> {
    /// Replaces the provider's rule.
    pub fn authorize_user<F, R>(&mut self, rule: F)
    where
        F: Fn(&P::User, &Request<'_>) -> R + Send + Sync + 'static,
        R: IntoAccess,
    {
        self.rule(move |user, request| {
            let answer = rule(user, request).into_access();
            Box::pin(std::future::ready(answer))
        });
    }

    /// Replaces the provider's rule by one that has to wait for something.
    pub fn authorize_user_async<F, R>(&mut self, rule: F)
    where
        F: for<'a> Fn(&'a P::User, &'a Request<'a>) -> BoxFuture<'a, R> + Send + Sync + 'static,
        R: IntoAccess + 'static,
    {
        self.rule(move |user, request| {
            let answer = rule(user, request);
            Box::pin(async move { answer.await.into_access() })
        });
    }

    /// Says which id the application stores a user's data under.
    pub fn map_user_to_resource_id<F, R>(&mut self, map: F)
    where
        F: Fn(&P::User) -> R + Send + Sync + 'static,
        R: Into<Option<String>>,
    {
        self.resource_id = Some(Arc::new(move |user: &P::User| map(user).into()));
    }

    fn rule<F>(&mut self, rule: F)
    where
        F: for<'a> Fn(&'a P::User, &'a Request<'a>) -> Answer<'a> + Send + Sync + 'static,
    {
        self.authorize = Some(Arc::new(rule));
    }
}

/// What a builder prints of an option: never its value, which may be a secret.
struct Given(bool);

impl Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 { "given" } else { "not given" })
    }
}

impl<P> Default for Options<P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<P> Debug for Options<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("name", &self.name)
            .field("access", &self.access)
            .field("authorize", &self.authorize.is_some())
            .field("resource_id", &self.resource_id.is_some())
            .field("texts", &self.texts)
            .finish_non_exhaustive()
    }
}

type Answer<'a> = BoxFuture<'a, Result<Access, AuthError>>;

/// An application's rule. The bound stands at the method, so that `Options` needs none.
pub(crate) trait Rule<P>: Send + Sync {
    fn decide<'a>(&'a self, user: &'a P::User, request: &'a Request<'a>) -> Answer<'a>
    where
        P: Authenticate;
}

impl<P: Authenticate, F> Rule<P> for F
where
    F: for<'a> Fn(&'a P::User, &'a Request<'a>) -> Answer<'a> + Send + Sync,
{
    fn decide<'a>(&'a self, user: &'a P::User, request: &'a Request<'a>) -> Answer<'a> {
        self(user, request)
    }
}

/// An application's mapping from users to ids.
pub(crate) trait ResourceId<P>: Send + Sync {
    fn id(&self, user: &P::User) -> Option<String>
    where
        P: Authenticate;
}

impl<P: Authenticate, F: Fn(&P::User) -> Option<String> + Send + Sync> ResourceId<P> for F {
    fn id(&self, user: &P::User) -> Option<String> {
        self(user)
    }
}
