//! Step 0: the whole walk in one function.
//!
//! In: a [`Request`]. Out: a [`Decision`]. Reading `walk` from top to bottom is reading this
//! crate: each line is a step, and each step is a module. Next: `request`.

use std::fmt;

use crate::challenge::Challenges;
use crate::configured::Configured;
use crate::decision::{Allow, Decision, Denial};
use crate::error::AuthError;
use crate::provider::{Access, Authenticate};
use crate::request::Request;
use crate::token;

/// A provider at the door: decides about each request.
///
/// ```
/// # use auth_core::{Authenticate, AuthError, Claims, Configured, Gate, Request, Token};
/// # struct Nobody;
/// # impl Authenticate for Nobody {
/// #     type User = Claims;
/// #     async fn authenticate(&self, _: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
/// #         Err(AuthError::TokenMissing)
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # let provider = Configured::new(Nobody, "nobody");
/// let gate = Gate::new(provider);
/// let request = http::Request::get("/orders").body(()).unwrap();
/// let decision = gate.decide(&Request::from(&request)).await;
/// assert_eq!(decision.denial().unwrap().code(), "token_missing");
/// # }
/// ```
pub struct Gate<P: Authenticate> {
    provider: Configured<P>,
}

impl<P: Authenticate> Gate<P> {
    /// A gate that asks this provider.
    pub const fn new(provider: Configured<P>) -> Self {
        Self { provider }
    }

    /// The provider it asks.
    pub const fn provider(&self) -> &Configured<P> {
        &self.provider
    }

    /// Lets a request in, or says why not. The only place that allows.
    pub async fn decide(&self, request: &Request<'_>) -> Decision<P::User> {
        let decision = match self.walk(request).await {
            Ok(user) => Decision::Allow(Allow::new(user)),
            Err(error) => Decision::Deny(Denial::new(error, self.challenges(request))),
        };
        self.log(request, &decision);
        decision
    }

    /// A user, nobody on a public path, or the reason to refuse.
    async fn walk(&self, request: &Request<'_>) -> Result<Option<P::User>, AuthError> {
        if self.provider.access().is_public(request) {
            return Ok(None);
        }
        let (sources, schemes) = (self.provider.token_sources(), self.provider.schemes());
        let token = token::from_sources(request, sources, schemes)?;
        let user = self.provider.authenticate(&token, request).await?;
        match self.provider.authorize(&user, request).await? {
            Access::Granted => Ok(Some(user)),
            Access::Refused => Err(AuthError::AccessRefused),
        }
    }

    /// What a refused client is asked for.
    fn challenges(&self, request: &Request<'_>) -> Challenges {
        Challenges::of(&self.provider, request)
    }

    /// One event a decision: the code for counting, the detail for people, never the token.
    fn log(&self, request: &Request<'_>, decision: &Decision<P::User>) {
        let provider = self.provider.name();
        let path = request.path();
        if let Some(denial) = decision.denial() {
            let (code, detail) = (denial.code(), denial.error());
            tracing::debug!(target: "auth", provider, path, code, %detail, "refused");
        } else {
            tracing::trace!(target: "auth", provider, path, "allowed");
        }
    }
}

impl<P: Authenticate> fmt::Debug for Gate<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate").field("provider", &self.provider).finish()
    }
}
