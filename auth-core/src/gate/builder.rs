//! A gate in the making: what an application says of its routes in, a [`Gate`] or every mistake at
//! once out. Read once, when a server starts. Next: `walk`.

use std::fmt::{self, Display};
use std::sync::Arc;

use super::event::{DecisionEvent, Listeners};
use super::groups::Groups;
use super::walk::{Gate, Parts};
use crate::access::{AccessRules, Pattern, Rule, RuleTable};
use crate::clock::{Clock, SystemClock};
use crate::configured::Configured;
use crate::metadata::ResourceMetadata;
use crate::options::IntoAccess;
use crate::provider::Authenticate;
use crate::request::Request;

/// An unfinished [`Gate`].
#[must_use = "an unfinished gate guards nothing: finish it with `build`"]
pub struct GateBuilder<P: Authenticate> {
    groups: Groups<P>,
    access: AccessRules,
    rules: Vec<Rule<P::User>>,
    listeners: Listeners,
    metadata: Option<ResourceMetadata>,
    clock: Arc<dyn Clock>,
    problems: Vec<String>,
}

/// Everything that is wrong with a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateError {
    problems: Vec<String>,
}

impl<P: Authenticate> GateBuilder<P> {
    pub(super) fn new(provider: Configured<P>) -> Self {
        Self {
            groups: Groups::of(provider),
            access: AccessRules::default(),
            rules: Vec::new(),
            listeners: Listeners::default(),
            metadata: None,
            clock: Arc::new(SystemClock),
            problems: Vec::new(),
        }
    }

    /// Paths that need no user. No token is looked at there, good or bad.
    pub fn public<S: AsRef<str>>(self, patterns: impl IntoIterator<Item = S>) -> Self {
        self.patterns("public", patterns, AccessRules::add_public)
    }

    /// Paths that work with and without a user. A token that is there has to be good: a bad one is
    /// refused, never taken for none.
    pub fn optional<S: AsRef<str>>(self, patterns: impl IntoIterator<Item = S>) -> Self {
        self.patterns("optional", patterns, AccessRules::add_optional)
    }

    /// Paths that need a user although another pattern opens them.
    pub fn protected<S: AsRef<str>>(self, patterns: impl IntoIterator<Item = S>) -> Self {
        self.patterns("protected", patterns, AccessRules::add_protected)
    }

    /// Lets CORS preflights pass (`OPTIONS` with `Origin` and `Access-Control-Request-Method`):
    /// browsers send them without credentials. Where a CORS layer stands before this one, it answers
    /// them, and this is not needed.
    pub const fn allow_cors_preflights(mut self) -> Self {
        self.access.open_preflights();
        self
    }

    /// A rule about users, asked after the provider's own; the first that decides counts. Once there
    /// is one, what none of them decides about is refused.
    pub fn rule(mut self, rule: Rule<P::User>) -> Self {
        self.rules.push(rule);
        self
    }

    /// Several rules, in this order.
    pub fn rules(mut self, rules: impl IntoIterator<Item = Rule<P::User>>) -> Self {
        self.rules.extend(rules);
        self
    }

    /// One function for all routes, in place of rules: as a rule about every path with this
    /// condition.
    pub fn authorize<F, R>(self, condition: F) -> Self
    where
        F: Fn(&P::User, &Request<'_>) -> R + Send + Sync + 'static,
        R: IntoAccess,
    {
        self.rule(Rule::everywhere().condition(condition))
    }

    /// Another provider for these paths: another audience, another vendor (then as
    /// [`AnyProvider`](crate::any::AnyProvider)). A token of one is nobody's at the other.
    pub fn group<S: AsRef<str>>(
        mut self,
        patterns: impl IntoIterator<Item = S>,
        provider: Configured<P>,
    ) -> Self {
        let patterns: Vec<_> = self.parse("group", patterns);
        if patterns.is_empty() {
            self.problems.push(format!("group: the one of {} has no paths", provider.name()));
        }
        self.groups.others.push((patterns, provider.into()));
        self
    }

    /// Describes this resource to clients (RFC 9728): the document is served without a token, and
    /// challenges name it.
    pub fn resource_metadata(mut self, metadata: ResourceMetadata) -> Self {
        self.metadata = Some(metadata);
        self
    }

    /// Hears of every decision, for metrics and audit logs. It is called on the way of the request:
    /// it should be quick.
    pub fn on_decision(
        mut self,
        listener: impl Fn(&DecisionEvent<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.listeners.add(Arc::new(listener));
        self
    }

    /// The clock that durations are measured with.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Finishes the gate.
    ///
    /// # Errors
    ///
    /// Every mistake: malformed patterns, unknown methods, rules that are never reached.
    pub fn build(mut self) -> Result<Gate<P>, GateError> {
        self.groups.merge(&self.access);
        let table = RuleTable::new(self.rules);
        // Rules are about the paths of every group, so what one provider opens shadows none.
        let access =
            if self.groups.others.is_empty() { &self.groups.main.access } else { &self.access };
        self.problems.extend(table.problems(access));
        if let Some(metadata) = &self.metadata {
            self.problems.extend(metadata.problems());
        }
        if !self.problems.is_empty() {
            return Err(GateError { problems: self.problems });
        }
        let metadata = self.metadata.map(|metadata| metadata.finish(&table.scopes()));
        let (groups, listeners, clock) = (self.groups, self.listeners, self.clock);
        let parts = Parts { groups, table, listeners, clock, metadata };
        Ok(Gate::from_parts(parts))
    }

    fn patterns<S: AsRef<str>>(
        mut self,
        option: &str,
        patterns: impl IntoIterator<Item = S>,
        add: fn(&mut AccessRules, Pattern),
    ) -> Self {
        for pattern in self.parse(option, patterns) {
            add(&mut self.access, pattern);
        }
        self
    }

    fn parse<S: AsRef<str>>(
        &mut self,
        option: &str,
        patterns: impl IntoIterator<Item = S>,
    ) -> Vec<Pattern> {
        let mut parsed = Vec::new();
        for pattern in patterns {
            match Pattern::parse(pattern.as_ref()) {
                Ok(pattern) => parsed.push(pattern),
                Err(problem) => self.problems.push(format!("{option}: {problem}")),
            }
        }
        parsed
    }
}

impl GateError {
    /// Each problem as a sentence.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl Display for GateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the gate is not right:")?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl std::error::Error for GateError {}

impl<P: Authenticate> fmt::Debug for GateBuilder<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GateBuilder")
            .field("groups", &self.groups)
            .field("access", &self.access)
            .field("rules", &self.rules)
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}
