//! When a token is good: `exp`, `nbf` and `iat` in, yes or the first reason against it out.
//!
//! Every comparison is between times since 1970 that end in the year 9999 (`claims` sees to that),
//! and every sum saturates: no arithmetic here can wrap. Next: back to `rules`.

use std::time::Duration;

use super::claims::Claims;
use crate::error::AuthError;

/// How far clocks may disagree unless told otherwise.
const DEFAULT_LEEWAY: Duration = Duration::from_secs(5);

/// The most that clocks may be said to disagree: more would be a longer lifetime in disguise.
const MAX_LEEWAY: Duration = Duration::from_mins(5);

/// What is asked of a token's times.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    /// How far clocks may disagree.
    pub(crate) leeway: Duration,
    /// The most time since `iat`.
    pub(super) max_age: Option<Duration>,
    /// The most time from `iat` to `exp`.
    pub(super) max_lifetime: Option<Duration>,
}

impl Times {
    pub(crate) const fn new() -> Self {
        Self { leeway: DEFAULT_LEEWAY, max_age: None, max_lifetime: None }
    }

    /// What is wrong with the choices made.
    pub(crate) fn problems(&self) -> impl Iterator<Item = String> + use<> {
        let leeway = (self.leeway > MAX_LEEWAY)
            .then(|| format!("the leeway has to be at most {} s", MAX_LEEWAY.as_secs()));
        let is_zero = |limit: Option<Duration>| limit.is_some_and(|limit| limit.is_zero());
        let none_passes = |what| format!("the {what} is zero: no token could pass");
        let age = is_zero(self.max_age).then(|| none_passes("maximum age"));
        let lifetime = is_zero(self.max_lifetime).then(|| none_passes("maximum lifetime"));
        [leeway, age, lifetime].into_iter().flatten()
    }

    /// `exp` has to be there, and passes at its very second (RFC 7519, section 4.1.4: "on or
    /// after"); `nbf` and `iat` are asked if they are there, or if a limit rests on them.
    pub(super) fn check(&self, claims: &Claims, now: Duration) -> Result<(), AuthError> {
        let expires = claims.time("exp")?.ok_or_else(|| missing("exp"))?;
        let issued = self.check_window(Some(expires), claims, now)?;
        self.check_limits(issued, expires, now)
    }

    /// The same for a token whose issuer was asked whether it is still good, and does not have to
    /// say until when: `exp` is asked if it is there.
    pub(crate) fn check_stated(&self, claims: &Claims, now: Duration) -> Result<(), AuthError> {
        self.check_window(claims.time("exp")?, claims, now).map(drop)
    }

    /// Whether it is good now; in return when it was issued, if it says so.
    fn check_window(
        &self,
        expires: Option<Duration>,
        claims: &Claims,
        now: Duration,
    ) -> Result<Option<Duration>, AuthError> {
        if expires.is_some_and(|expires| now >= expires.saturating_add(self.leeway)) {
            return Err(AuthError::Expired);
        }
        let latest = now.saturating_add(self.leeway);
        if claims.time("nbf")?.is_some_and(|not_before| not_before > latest) {
            return Err(AuthError::NotYetValid);
        }
        let issued = claims.time("iat")?;
        if issued.is_some_and(|issued| issued > latest) {
            return Err(AuthError::IssuedInTheFuture);
        }
        Ok(issued)
    }

    /// Limits count from `iat`: without it nobody knows, and the token is refused.
    fn check_limits(
        &self,
        issued: Option<Duration>,
        expires: Duration,
        now: Duration,
    ) -> Result<(), AuthError> {
        if self.max_age.is_none() && self.max_lifetime.is_none() {
            return Ok(());
        }
        let issued = issued.ok_or_else(|| missing("iat"))?;
        let end = |limit: Duration| issued.saturating_add(limit).saturating_add(self.leeway);
        if self.max_age.is_some_and(|limit| now >= end(limit)) {
            return Err(AuthError::TooOld);
        }
        let lifetime = expires.saturating_sub(issued);
        if self.max_lifetime.is_some_and(|limit| lifetime > limit) {
            return Err(AuthError::LifetimeTooLong);
        }
        Ok(())
    }
}

fn missing(claim: &'static str) -> AuthError {
    AuthError::ClaimMissing(claim.into())
}
