//! Several providers behind one gate: a path in, the provider that answers for it out. Next: `walk`.

use std::fmt;

use crate::access::{AccessRules, Pattern, Target};
use crate::configured::Configured;
use crate::error::AuthError;
use crate::metrics::Meters;
use crate::request::Request;

/// The provider for most paths, and others for some.
pub(crate) struct Groups<P> {
    pub(super) main: Member<P>,
    /// The first whose patterns cover a path answers for it.
    pub(super) others: Vec<(Vec<Pattern>, Member<P>)>,
}

/// A provider, and which of its paths are open.
pub(crate) struct Member<P> {
    pub(super) provider: Configured<P>,
    pub(super) access: AccessRules,
    pub(super) meters: Meters,
}

impl<P> Groups<P> {
    /// One provider for every path.
    pub(super) fn of(main: Configured<P>) -> Self {
        Self { main: Member::from(main), others: Vec::new() }
    }

    /// The provider that answers for this request. A path that could be read in two ways might
    /// belong to two.
    pub(super) fn of_request(&self, request: &Request<'_>) -> Result<&Member<P>, AuthError> {
        if self.others.is_empty() {
            return Ok(&self.main);
        }
        let path = Target::read(request.path())?.path();
        let is_theirs = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.covers(path));
        let group = self.others.iter().find(|(patterns, _)| is_theirs(patterns));
        Ok(group.map_or(&self.main, |(_, member)| member))
    }

    /// All of them, the main one first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Configured<P>> {
        let others = self.others.iter().map(|(_, member)| &member.provider);
        std::iter::once(&self.main.provider).chain(others)
    }

    /// Opens and closes the same paths of each.
    pub(super) fn merge(&mut self, access: &AccessRules) {
        let others = self.others.iter_mut().map(|(_, member)| member);
        std::iter::once(&mut self.main)
            .chain(others)
            .for_each(|member| member.access.merge(access));
    }
}

/// Open is what its own builder says.
impl<P> From<Configured<P>> for Member<P> {
    fn from(provider: Configured<P>) -> Self {
        let access = provider.access().clone();
        Self { provider, access, meters: Meters::default() }
    }
}

impl<P> fmt::Debug for Groups<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let others = self.others.iter().map(|(patterns, member)| (patterns, member));
        f.debug_struct("Groups")
            .field("main", &self.main)
            .field("others", &others.collect::<Vec<_>>())
            .finish()
    }
}

impl<P> fmt::Debug for Member<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Member").field("provider", &self.provider).finish_non_exhaustive()
    }
}
