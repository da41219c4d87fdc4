//! Step 9: allow with a user, or deny with one stable code. Next: `response`.

use crate::challenge::Challenges;
use crate::error::{AuthError, Class};

/// What was decided about a request.
#[derive(Debug, Clone)]
#[must_use = "a decision that nobody reads protects nothing"]
pub enum Decision<U> {
    /// Let it in.
    Allow(Allow<U>),
    /// Keep it out.
    Deny(Denial),
}

/// Leave to enter. Only the gate makes one.
#[derive(Debug, Clone)]
pub struct Allow<U> {
    user: Option<U>,
}

/// A refusal, and what a client may bring instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    error: AuthError,
    challenges: Challenges,
}

impl<U> Decision<U> {
    /// The refusal, if it is one.
    pub const fn denial(&self) -> Option<&Denial> {
        match self {
            Self::Allow(_) => None,
            Self::Deny(denial) => Some(denial),
        }
    }

    /// The user who was let in; `None` on a public path and for a refusal.
    pub const fn user(&self) -> Option<&U> {
        match self {
            Self::Allow(allow) => allow.user.as_ref(),
            Self::Deny(_) => None,
        }
    }
}

impl<U> Allow<U> {
    pub(crate) const fn new(user: Option<U>) -> Self {
        Self { user }
    }

    /// The user, unless the path is public.
    pub fn into_user(self) -> Option<U> {
        self.user
    }
}

impl From<AuthError> for Denial {
    fn from(error: AuthError) -> Self {
        Self { error, challenges: Challenges::default() }
    }
}

impl Denial {
    pub(crate) const fn new(error: AuthError, challenges: Challenges) -> Self {
        Self { error, challenges }
    }

    pub(crate) const fn challenges(&self) -> &Challenges {
        &self.challenges
    }

    /// A stable code, such as `expired`; see [`AuthError::code`].
    pub const fn code(&self) -> &'static str {
        self.error.code()
    }

    /// What kind of refusal it is.
    pub const fn class(&self) -> Class {
        self.error.class()
    }

    /// The whole story, for the log.
    pub const fn error(&self) -> &AuthError {
        &self.error
    }
}
