//! What a handler of actix-web asks for: the user by its own type.
//!
//! In: the extensions that [`AuthMiddleware`](super::AuthMiddleware) filled. Out: the user, or a
//! refusal that is never an allow: without the middleware, and on a public path, there is no user,
//! and that is a 401.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest};

use super::view::to_actix;
use crate::decision::Denial;
use crate::error::AuthError;
use crate::jwt::Claims;
use crate::provider::Principal;

/// The user, by the provider's own type. `Option<User<U>>` where users are optional.
///
/// ```
/// use auth_core::actix::User;
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

impl<U: Principal + Clone> FromRequest for User<U> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let user = request.extensions().get::<U>().cloned();
        ready(user.map(Self).ok_or_else(no_user))
    }
}

fn no_user() -> Error {
    let denial = Denial::from(AuthError::TokenMissing);
    InternalError::from_response(denial.code(), to_actix(&denial.to_response())).into()
}
