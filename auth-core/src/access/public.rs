//! Step 2: does this request need a user at all?
//!
//! In: a request and the patterns of a builder. Out: nobody is needed, somebody may come, or
//! somebody is needed, and the last is the rule: what no pattern opens needs a user. Next: `rule`.

use http::Method;
use http::header::{ACCESS_CONTROL_REQUEST_METHOD, ORIGIN};

use super::pattern::Pattern;
use super::target::Target;
use crate::request::Request;

/// Which paths are open to everybody, and which to users and strangers alike.
#[derive(Debug, Clone, Default)]
pub struct AccessRules {
    public: Vec<Pattern>,
    optional: Vec<Pattern>,
    protected: Vec<Pattern>,
    preflight: Preflight,
}

/// What a request asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// No user, and no token is looked at.
    Nobody,
    /// A user or nobody; a token that is there has to be good.
    Anybody,
    /// A user.
    Somebody,
}

/// Whether a browser may ask what it may ask, which it does without credentials.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Preflight {
    #[default]
    NeedsUser,
    Open,
}

impl AccessRules {
    /// Opens what the pattern matches.
    pub fn add_public(&mut self, pattern: Pattern) {
        self.public.push(pattern);
    }

    /// Makes users optional where the pattern matches.
    pub fn add_optional(&mut self, pattern: Pattern) {
        self.optional.push(pattern);
    }

    /// Keeps what the pattern matches closed, even where a public pattern matches as well.
    pub fn add_protected(&mut self, pattern: Pattern) {
        self.protected.push(pattern);
    }

    /// Lets CORS preflights pass (Fetch, section 4.8): `OPTIONS` with `Origin` and
    /// `Access-Control-Request-Method`.
    pub const fn open_preflights(&mut self) {
        self.preflight = Preflight::Open;
    }

    /// What the request asks of its caller.
    ///
    /// A path that could be read in two ways ([`Target::read`]) always needs a user.
    pub fn demand(&self, request: &Request<'_>) -> Demand {
        if self.preflight == Preflight::Open && is_preflight(request) {
            return Demand::Nobody;
        }
        if self.public.is_empty() && self.optional.is_empty() {
            return Demand::Somebody;
        }
        let Ok(target) = Target::read(request.path()) else { return Demand::Somebody };
        let path = target.path();
        let fits = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.matches(path));
        if self.protected.iter().any(|pattern| pattern.covers(path)) {
            Demand::Somebody
        } else if fits(&self.public) {
            Demand::Nobody
        } else if fits(&self.optional) {
            Demand::Anybody
        } else {
            Demand::Somebody
        }
    }

    /// Whether the request needs no user: [`Demand::Nobody`].
    pub fn is_public(&self, request: &Request<'_>) -> bool {
        self.demand(request) == Demand::Nobody
    }

    /// Opens and closes what `other` does as well.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.public.extend_from_slice(&other.public);
        self.optional.extend_from_slice(&other.optional);
        self.protected.extend_from_slice(&other.protected);
        if other.preflight == Preflight::Open {
            self.preflight = Preflight::Open;
        }
    }

    /// The patterns that open, and the word for what they open to.
    pub(super) fn openings(&self) -> impl Iterator<Item = (&Pattern, &'static str)> {
        let public = self.public.iter().map(|pattern| (pattern, "nobody"));
        public.chain(self.optional.iter().map(|pattern| (pattern, "a user, or nobody")))
    }

    /// The patterns whose paths no token is looked at for.
    pub(super) fn public(&self) -> &[Pattern] {
        &self.public
    }

    /// The patterns that stay closed.
    pub(super) fn protected(&self) -> &[Pattern] {
        &self.protected
    }
}

fn is_preflight(request: &Request<'_>) -> bool {
    *request.method() == Method::OPTIONS
        && request.headers().contains_key(ORIGIN)
        && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}
