//! What is told of a decision: who decided, what, how long it took; never a token. Next: `walk`.

use std::sync::Arc;
use std::time::Duration;

use http::Method;

use crate::decision::{Decision, Denial};

/// One decision, for metrics and audit logs. It holds no token and nothing of the user.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct DecisionEvent<'e> {
    /// The name of the provider that was asked.
    pub provider: &'e str,
    /// The method of the request.
    pub method: &'e Method,
    /// The path of the request as it was sent: of a refused one, a stranger's text.
    pub path: &'e str,
    /// What came out.
    pub outcome: Outcome<'e>,
    /// How long it took to decide, waiting for keys and vendors included.
    pub duration: Duration,
}

/// What came out.
#[derive(Debug, Clone, Copy)]
pub enum Outcome<'e> {
    /// A user was let in.
    Allowed,
    /// Nobody in particular was let in: the path is open, or users are optional there.
    Anonymous,
    /// The request was refused.
    Denied(&'e Denial),
}

impl DecisionEvent<'_> {
    /// `allowed`, `anonymous`, or the code of the refusal: few different texts, fit for a metric.
    pub const fn code(&self) -> &'static str {
        match self.outcome {
            Outcome::Allowed => "allowed",
            Outcome::Anonymous => "anonymous",
            Outcome::Denied(denial) => denial.code(),
        }
    }
}

impl<'d, U> From<&'d Decision<U>> for Outcome<'d> {
    fn from(decision: &'d Decision<U>) -> Self {
        match (decision.denial(), decision.user()) {
            (Some(denial), _) => Self::Denied(denial),
            (None, Some(_)) => Self::Allowed,
            (None, None) => Self::Anonymous,
        }
    }
}

/// Whoever wants to hear of decisions.
#[derive(Clone, Default)]
pub(super) struct Listeners(Vec<Listener>);

type Listener = Arc<dyn Fn(&DecisionEvent<'_>) + Send + Sync>;

impl Listeners {
    pub(super) fn add(&mut self, listener: Listener) {
        self.0.push(listener);
    }

    pub(super) fn hear(&self, event: &DecisionEvent<'_>) {
        for listener in &self.0 {
            listener(event);
        }
    }
}
