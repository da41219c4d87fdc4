//! WorkOS's providers against its fake, where the suite's cases do not look: what a user holds, what
//! is a mistake in the configuration, and fine-grained authorization as a library.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod configuration;
mod fga;
mod user;

use auth_core::{AuthError, Authenticate, Configured, Request, Token};

/// What a provider makes of a token that comes with a plain request.
async fn authenticated<P: Authenticate>(
    provider: &Configured<P>,
    token: &str,
) -> Result<P::User, AuthError> {
    let request = http::Request::get("/orders").body(()).unwrap();
    provider.authenticate(&Token::new(token), &Request::from(&request)).await
}
