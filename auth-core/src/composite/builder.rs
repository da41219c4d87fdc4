//! A composite in the making: members in, one provider or every mistake at once out.
//!
//! Read once, when a server starts.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::provider::{Composite, Member};
use crate::any::AnyUser;
use crate::configured::Configured;
use crate::jwt::Verifier;
use crate::options::Options;
use crate::provider::Authenticate;
use crate::token::{Scheme, TokenSource};

/// An unfinished [`Composite`].
#[must_use = "an unfinished composite lets nobody in: finish it with `build`"]
pub struct CompositeBuilder {
    members: Vec<Member>,
    options: Options<Composite>,
}

/// Everything that is wrong with a composite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompositeError {
    problems: Vec<String>,
}

impl CompositeBuilder {
    pub(super) fn new() -> Self {
        Self { members: Vec::new(), options: Options::new() }
    }

    /// Adds a provider, with the name and the rule that it was given; those that come first are
    /// tried first. Which paths are open is for the composite to say.
    pub fn member<P: Authenticate>(mut self, provider: Configured<P>) -> Self {
        self.members.push(provider.into_any());
        self
    }

    /// Another name for logs than `composite`.
    pub fn name(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.options.name(name);
        self
    }

    /// Paths that need no user.
    pub fn public<S: AsRef<str>>(mut self, patterns: impl IntoIterator<Item = S>) -> Self {
        self.options.public(patterns);
        self
    }

    /// Paths that need a user although a public pattern matches them.
    pub fn protected<S: AsRef<str>>(mut self, patterns: impl IntoIterator<Item = S>) -> Self {
        self.options.protected(patterns);
        self
    }

    /// Finishes the composite.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it: no members, two of one name or of one issuer, one that
    /// opens paths of its own, a malformed pattern.
    pub fn build(mut self) -> Result<Configured<Composite>, CompositeError> {
        let problems = self.problems();
        if !problems.is_empty() {
            return Err(CompositeError { problems });
        }
        let members: Arc<[Member]> = self.members.into();
        let of_user = Arc::clone(&members);
        self.options.map_user_to_resource_id(move |user: &AnyUser| {
            let member = of_user.iter().find(|member| member.provider().vouched_for(user))?;
            member.resource_id(user).ok()
        });
        let composite =
            Composite { sources: sources(&members), schemes: schemes(&members), members };
        Ok(Configured::with_options(composite, "composite", self.options, Vec::new()))
    }

    fn problems(&self) -> Vec<String> {
        let mut problems: Vec<_> =
            self.options.problems.iter().map(|(option, what)| format!("{option} {what}")).collect();
        if self.members.is_empty() {
            problems.push("there is no member: nobody could be let in".to_owned());
        }
        let names = self.members.iter().map(|member| (member.name(), member.name()));
        problems.extend(twice(names).map(|(name, _, _)| {
            format!("two members are called `{name}`: tell them apart with `.name(..)`")
        }));
        let issuers = self.members.iter().flat_map(|member| {
            let issuers = member.verifier().map_or(&[][..], Verifier::issuers);
            issuers.iter().map(move |issuer| (issuer.as_str(), member.name()))
        });
        problems.extend(twice(issuers).map(|(issuer, first, second)| {
            format!("`{first}` and `{second}` trust one issuer, {issuer}: whose is its token?")
        }));
        let opening = self.members.iter().filter(|member| !member.access().is_empty());
        problems.extend(opening.map(|member| {
            format!(
                "`{}` says which paths are open, which no member can: call the composite's \
                 `.public(..)` and `.protected(..)`",
                member.name()
            )
        }));
        problems
    }
}

/// Keys that stand there more than once, with the first two that have them.
fn twice<'m>(
    entries: impl Iterator<Item = (&'m str, &'m str)>,
) -> impl Iterator<Item = (&'m str, &'m str, &'m str)> {
    let mut known: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, member) in entries {
        known.entry(key).or_default().push(member);
    }
    known.into_iter().filter_map(|(key, members)| match members[..] {
        [first, second, ..] => Some((key, first, second)),
        _ => None,
    })
}

/// Every place where a member looks, in the order of the members.
fn sources(members: &[Member]) -> Vec<TokenSource> {
    let mut sources: Vec<TokenSource> = Vec::new();
    for source in members.iter().flat_map(Configured::token_sources) {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    sources
}

fn schemes(members: &[Member]) -> &'static [Scheme] {
    let has = |scheme| members.iter().any(|member| member.schemes().contains(&scheme));
    match (has(Scheme::Dpop), has(Scheme::Bearer)) {
        (true, true) => &[Scheme::Dpop, Scheme::Bearer],
        (true, false) => &[Scheme::Dpop],
        (false, _) => &[Scheme::Bearer],
    }
}

impl CompositeError {
    /// Each problem, as a sentence without a full stop.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl fmt::Display for CompositeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problems.join("; "))
    }
}

impl std::error::Error for CompositeError {}

impl fmt::Debug for CompositeBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.members.iter().map(Configured::name).collect();
        f.debug_struct("CompositeBuilder")
            .field("members", &names)
            .field("options", &self.options)
            .finish()
    }
}
