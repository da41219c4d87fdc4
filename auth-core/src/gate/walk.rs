//! Step 0: the whole walk in one function.
//!
//! In: a [`Request`]. Out: a [`Decision`]. Reading `walk` from top to bottom is reading this
//! crate: each line is a step, and each step is a module. Next: `request`.

use std::fmt::{self, Display};
use std::sync::Arc;

use http::Method;

use super::builder::GateBuilder;
use super::event::{DecisionEvent, Listeners, Outcome};
use super::groups::{Groups, Member};
use crate::access::{Demand, Listing, RuleTable};
use crate::challenge::Challenges;
use crate::clock::{Clock, SystemClock};
use crate::configured::Configured;
use crate::decision::{Allow, Decision, Denial};
use crate::error::AuthError;
use crate::metadata::Document;
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
pub struct Gate<P: Authenticate>(Parts<P>);

/// What a gate consists of.
pub(super) struct Parts<P: Authenticate> {
    pub(super) groups: Groups<P>,
    pub(super) table: RuleTable<P::User>,
    pub(super) listeners: Listeners,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) metadata: Option<Document>,
}

impl<P: Authenticate> Gate<P> {
    /// A gate that asks this provider about every request, and has no rules of its own.
    pub fn new(provider: Configured<P>) -> Self {
        Self(Parts {
            groups: Groups::of(provider),
            table: RuleTable::new(Vec::new()),
            listeners: Listeners::default(),
            clock: Arc::new(SystemClock),
            metadata: None,
        })
    }

    /// A gate with rules: which paths are open, who may do what, which provider answers where.
    ///
    /// ```
    /// # use auth_core::{Authenticate, AuthError, Claims, Configured, Request, Token};
    /// # struct Nobody;
    /// # impl Authenticate for Nobody {
    /// #     type User = Claims;
    /// #     async fn authenticate(&self, _: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
    /// #         Err(AuthError::TokenMissing)
    /// #     }
    /// # }
    /// use auth_core::Gate;
    /// use auth_core::access::Rule;
    ///
    /// # let provider = || Configured::new(Nobody, "nobody");
    /// let gate = Gate::builder(provider())
    ///     .public(["/health"])
    ///     .optional(["/feed"])
    ///     .rule(Rule::on("/admin/*").role("admin"))
    ///     .rule(Rule::on("/orders/*").methods(["POST"]).scope("write:orders"))
    ///     .rule(Rule::everywhere())
    ///     .build()?;
    /// assert_eq!(gate.table().to_string().lines().next(), Some("/health          any   nobody"));
    ///
    /// let rules = [Rule::on("/*"), Rule::on("/admin/*").role("admin")];
    /// let error = Gate::builder(provider()).rules(rules).build().unwrap_err();
    /// assert!(error.to_string().contains("rule 2 (/admin/*: the role `admin`) is never reached"));
    /// # Ok::<(), auth_core::gate::GateError>(())
    /// ```
    pub fn builder(provider: Configured<P>) -> GateBuilder<P> {
        GateBuilder::new(provider)
    }

    pub(super) const fn from_parts(parts: Parts<P>) -> Self {
        Self(parts)
    }

    /// The provider that it asks, for most paths where there are several.
    pub const fn provider(&self) -> &Configured<P> {
        &self.0.groups.main.provider
    }

    /// Every provider that it asks, that one first.
    pub fn providers(&self) -> impl Iterator<Item = &Configured<P>> {
        self.0.groups.all()
    }

    /// Which paths are open and which users may do what, in the order in which it is asked.
    pub fn table(&self) -> impl Display {
        fmt::from_fn(|f| write!(f, "{}", Listing(&self.0.groups.main.access, &self.0.table)))
    }

    /// The description of this resource (RFC 9728), if that is what the request asks for: a JSON
    /// document that needs no user.
    pub fn document(&self, request: &Request<'_>) -> Option<&str> {
        let document = self.0.metadata.as_ref()?;
        let is_asked = request.path() == document.path
            && matches!(*request.method(), Method::GET | Method::HEAD);
        is_asked.then_some(&*document.json)
    }

    /// Lets a request in, or says why not. The only place that allows.
    pub async fn decide(&self, request: &Request<'_>) -> Decision<P::User> {
        let started = self.0.clock.monotonic();
        let decision = match self.walk(request).await {
            Ok(user) => Decision::Allow(Allow::new(user)),
            Err(error) => Decision::Deny(Denial::new(error, self.challenges(request))),
        };
        let duration = self.0.clock.monotonic().saturating_sub(started);
        let member = self.member(request);
        self.tell(
            member,
            DecisionEvent {
                provider: member.provider.name(),
                method: request.method(),
                path: request.path(),
                outcome: Outcome::from(&decision),
                duration,
            },
        );
        decision
    }

    /// A user, nobody where none is needed, or the reason to refuse.
    async fn walk(&self, request: &Request<'_>) -> Result<Option<P::User>, AuthError> {
        let Member { provider, access, .. } = self.0.groups.of_request(request)?;
        let demand = access.demand(request);
        if demand == Demand::Nobody {
            return Ok(None);
        }
        self.0.table.admit(request)?;
        let sources = provider.token_sources();
        let token = match token::from_sources(request, sources, provider.schemes()) {
            Err(AuthError::TokenMissing) if demand == Demand::Anybody => return Ok(None),
            token => token?,
        };
        let user = provider.authenticate(&token, request).await?;
        match provider.authorize(&user, request).await? {
            Access::Granted => self.0.table.check(&user, request).map(|()| Some(user)),
            Access::Refused => Err(AuthError::AccessRefused),
        }
    }

    /// Who answered for this request, or would have.
    fn member(&self, request: &Request<'_>) -> &Member<P> {
        self.0.groups.of_request(request).unwrap_or(&self.0.groups.main)
    }

    /// What a refused client is asked for.
    fn challenges(&self, request: &Request<'_>) -> Challenges {
        let address = self.0.metadata.as_ref().map(|document| &document.address);
        Challenges::of(&self.member(request).provider, request).with_metadata(address)
    }

    /// One event a decision: the code for counting, the detail for people, never the token.
    fn tell(&self, member: &Member<P>, event: DecisionEvent<'_>) {
        let DecisionEvent { provider, path, duration, .. } = event;
        let code = event.code();
        if let Outcome::Denied(denial) = event.outcome {
            let detail = denial.error();
            tracing::debug!(target: "auth", provider, path, code, ?duration, %detail, "refused");
        } else {
            tracing::trace!(target: "auth", provider, path, code, ?duration, "allowed");
        }
        member.meters.count(&event);
        self.0.listeners.hear(&event);
    }
}

impl<P: Authenticate> fmt::Debug for Gate<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate")
            .field("groups", &self.0.groups)
            .field("table", &self.0.table)
            .finish_non_exhaustive()
    }
}
