//! What a handler of axum asks for: the user by its own type, the claims as the application's own,
//! or a user who may do something.
//!
//! In: the extensions that [`AuthLayer`](crate::layer::AuthLayer) filled. Out: a value, or a refusal
//! that is never an allow: without the layer, and on a public path, there is no user, and that is
//! a 401.

use std::fmt;
use std::marker::PhantomData;

use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::decision::Denial;
use crate::error::AuthError;
use crate::jwt::Claims;
use crate::provider::Principal;

/// The user, by the provider's own type. `Option<User<U>>` where users are optional.
///
/// ```
/// use auth_core::extract::User;
/// use auth_core::{Claims, Principal};
///
/// async fn orders(User(user): User<Claims>) -> String {
///     format!("orders of {}", user.subject())
/// }
///
/// async fn feed(user: Option<User<Claims>>) -> String {
///     user.map_or("for everybody".to_owned(), |User(user)| format!("for {}", user.subject()))
/// }
/// # let _ = (orders, feed);
/// ```
#[derive(Debug, Clone)]
pub struct User<U = Claims>(pub U);

/// The claims of the user as the application's own type: what is missing or of another shape
/// refuses the request with 403, for the token is genuine and does not say enough.
///
/// ```
/// use auth_core::extract::ClaimsAs;
///
/// #[derive(serde::Deserialize)]
/// struct Staff {
///     email: String,
/// }
///
/// async fn desk(ClaimsAs(staff, ..): ClaimsAs<Staff>) -> String {
///     staff.email
/// }
/// # let _ = desk;
/// ```
#[derive(Debug, Clone)]
pub struct ClaimsAs<T, U = Claims>(pub T, pub PhantomData<fn() -> U>);

/// A user who meets a [`Requirement`]; anybody else is refused with 403 and, where a scope is
/// missing, with the challenge that names it (RFC 6750, section 3.1).
///
/// ```
/// use auth_core::Claims;
/// use auth_core::extract::{Allowed, Requirement};
///
/// /// May change orders.
/// struct WriteOrders;
///
/// impl Requirement for WriteOrders {
///     const SCOPES: &[&str] = &["write:orders"];
///     const ROLES: &[&str] = &["clerk"];
/// }
///
/// async fn change(user: Allowed<WriteOrders>) -> String {
///     let claims: &Claims = &user.user;
///     format!("changed by {}", claims.claim("sub").unwrap_or_default())
/// }
/// # let _ = change;
/// ```
pub struct Allowed<R, U = Claims> {
    /// The user.
    pub user: U,
    requirement: PhantomData<fn() -> R>,
}

/// What a user has to have: all of these.
pub trait Requirement {
    /// Scopes of the user's client.
    const SCOPES: &'static [&'static str] = &[];
    /// Roles.
    const ROLES: &'static [&'static str] = &[];
    /// Permissions.
    const PERMISSIONS: &'static [&'static str] = &[];
}

/// A refusal by an extractor.
#[derive(Debug, Clone)]
pub struct Refused(Denial);

impl Refused {
    /// The refusal.
    pub const fn denial(&self) -> &Denial {
        &self.0
    }
}

impl From<AuthError> for Refused {
    fn from(error: AuthError) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        self.0.to_response()
    }
}

fn user<U: Principal + Clone>(parts: &Parts) -> Option<U> {
    parts.extensions.get::<U>().cloned()
}

impl<S: Sync, U: Principal + Clone> FromRequestParts<S> for User<U> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        user(parts).map(Self).ok_or(Refused::from(AuthError::TokenMissing))
    }
}

impl<S: Sync, U: Principal + Clone> OptionalFromRequestParts<S> for User<U> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Refused> {
        Ok(user(parts).map(Self))
    }
}

impl<S: Sync, T: DeserializeOwned, U: Principal + Clone> FromRequestParts<S> for ClaimsAs<T, U> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        let user: U = user(parts).ok_or(AuthError::TokenMissing)?;
        match user.claims().parse_as() {
            Ok(claims) => Ok(Self(claims, PhantomData)),
            Err(error) => {
                // serde quotes values of wrong types: they are about a person.
                tracing::debug!(target: "auth", line = error.line(), "the claims do not fit");
                Err(AuthError::AccessRefused.into())
            }
        }
    }
}

impl<S: Sync, R: Requirement, U: Principal + Clone> FromRequestParts<S> for Allowed<R, U> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        let user: U = user(parts).ok_or(AuthError::TokenMissing)?;
        if !R::SCOPES.iter().all(|scope| user.has_scope(scope)) {
            return Err(AuthError::ScopeMissing(R::SCOPES.join(" ").into()).into());
        }
        let has_roles = R::ROLES.iter().all(|role| user.has_role(role));
        let has_permissions = R::PERMISSIONS.iter().all(|it| user.has_permission(it));
        if has_roles && has_permissions {
            Ok(Self { user, requirement: PhantomData })
        } else {
            Err(AuthError::AccessRefused.into())
        }
    }
}

impl<R, U: fmt::Debug> fmt::Debug for Allowed<R, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Allowed").field(&self.user).finish()
    }
}
