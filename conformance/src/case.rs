//! A case: data and a short function.
//!
//! In: a stable id, what is sent, why it matters, what must come out. Out: something that `suite`
//! can run and people can read. Next: `cases`, one file a group.

use auth_core::Algorithm;
use futures_util::future::BoxFuture;

use crate::bench::Bench;
use crate::forge::Forge;
use crate::subject::{Answer, KeyShape, Profile, Registered};
use crate::verdict::Stop;

/// One question to a verifier.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// Stable for ever, never reused; what stands before the first hyphen tells its group.
    pub id: &'static str,
    /// A line.
    pub title: &'static str,
    /// How binding the expectation is.
    pub level: Level,
    /// What a miss would cost.
    pub severity: Severity,
    /// Where it is written down.
    pub references: &'static [&'static str],
    /// What is sent, or done.
    pub sends: &'static str,
    /// What must come out, where its kind does not say it.
    pub expects: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What the subject has to promise for the case to apply.
    pub needs: &'static [Need],
    /// What to do, and what must come out.
    pub run: Run,
}

/// How binding an expectation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Security, or a MUST of an RFC: a miss is a failure.
    Must,
    /// What a good verifier does: a miss is reported as non-strict.
    Should,
}

/// What a miss would cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A nuisance.
    Low,
    /// A weakness that needs another one.
    Medium,
    /// A way in under conditions, or users locked out.
    High,
    /// A stranger gets in.
    Critical,
}

/// Keys from a key set at an address: what the cases about fetching need.
pub(crate) const FETCHED: &[Need] = &[Need::RemoteKeys];

/// Keys from a JSON Web Key Set at an address: what the cases about its members need.
pub(crate) const PUBLISHED: &[Need] = &[Need::RemoteKeys, Need::KeySet];

/// Keys at an address that the issuer says itself: what the cases about discovery need.
pub(crate) const DISCOVERED: &[Need] = &[Need::Discovery];

/// What a subject may or may not promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Keys from a key set at an address.
    RemoteKeys,
    /// Keys at an address that the issuer says itself.
    Discovery,
    /// A secret shared with the issuer.
    SharedSecret,
    /// Issuers are compared.
    Issuer,
    /// Audiences are compared.
    Audience,
    /// Tokens signed with RS256.
    Rs256,
    /// Clocks may disagree a little.
    Leeway,
    /// Keys as a JSON Web Key Set, with its members to be spoilt one by one.
    KeySet,
    /// Tokens arrive in the `Authorization` header.
    Bearer,
    /// The vendor has an endpoint that is asked for every new good token.
    Upstream,
    /// The case is about this vendor's dialect; the subject is its provider, or plays it.
    Vendor(&'static str),
}

/// Why a case with [`Need::Vendor`] does not apply; reports tell it once.
pub(crate) const ANOTHER_VENDOR: &str = "it is about another vendor";

/// What to do, and what must come out.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// Tokens that must be refused as bad credentials, each with the defect it is named by.
    Refused(fn(&Forge) -> Vec<Sample>),
    /// Tokens that must be accepted.
    Accepted(fn(&Forge) -> Vec<Sample>),
    /// A story with a running subject.
    Scene(Scene),
    /// A question about configuration alone.
    Configuration(fn(&Registered) -> Result<Vec<String>, Stop>),
}

/// A story with a running subject.
pub type Scene = for<'b> fn(&'b mut Bench) -> BoxFuture<'b, Result<(), Stop>>;

/// A token and what is special about it.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What is special about it.
    pub label: String,
    /// The token.
    pub token: String,
}

impl Sample {
    /// A token and what is special about it.
    pub fn new(label: impl Into<String>, token: impl Into<String>) -> Self {
        Self { label: label.into(), token: token.into() }
    }
}

impl Need {
    /// Why the case does not apply, or nothing if it does.
    pub fn unmet(self, subject: &Registered, profile: &Profile) -> Option<&'static str> {
        let (is_met, reason) = match self {
            Self::RemoteKeys => (profile.key_url.is_some(), "its keys are not fetched"),
            Self::Discovery => {
                (profile.discovery_url.is_some(), "its issuer does not say where its keys are")
            }
            Self::SharedSecret => (profile.is_symmetric(), "it shares no secret with its issuer"),
            Self::Issuer => (profile.issuer.is_some(), "it does not promise to compare the issuer"),
            Self::Audience => {
                (profile.audience.is_some(), "it does not promise to compare the audience")
            }
            Self::Rs256 => (
                profile.algorithm == Some(Algorithm::RS256),
                "its tokens are not signed with RS256",
            ),
            Self::Leeway => (profile.leeway >= 2, "it allows clocks no difference"),
            Self::KeySet => {
                (profile.shape == KeyShape::Set, "its keys are published as certificates")
            }
            Self::Bearer => (profile.is_bearer, "its tokens arrive elsewhere"),
            Self::Upstream => {
                (subject.vendor.upstreams().next().is_some(), "it asks its vendor nothing else")
            }
            Self::Vendor(vendor) => (vendor == subject.vendor.provider, ANOTHER_VENDOR),
        };
        (!is_met).then_some(reason)
    }
}

impl Case {
    /// A case whose miss is a failure.
    pub const fn must(id: &'static str, title: &'static str, severity: Severity) -> Self {
        Self {
            id,
            title,
            level: Level::Must,
            severity,
            references: &[],
            sends: "",
            expects: "",
            why: "",
            needs: &[],
            run: Run::Refused(|_| Vec::new()),
        }
    }

    /// A case whose miss is non-strict.
    pub const fn should(id: &'static str, title: &'static str, severity: Severity) -> Self {
        let mut case = Self::must(id, title, severity);
        case.level = Level::Should;
        case
    }

    /// Where it is written down.
    pub const fn refs(mut self, references: &'static [&'static str]) -> Self {
        self.references = references;
        self
    }

    /// What is sent, or done.
    pub const fn sends(mut self, sends: &'static str) -> Self {
        self.sends = sends;
        self
    }

    /// What must come out.
    pub const fn expects(mut self, expects: &'static str) -> Self {
        self.expects = expects;
        self
    }

    /// Why it matters.
    pub const fn why(mut self, why: &'static str) -> Self {
        self.why = why;
        self
    }

    /// What the subject has to promise for the case to apply.
    pub const fn needs(mut self, needs: &'static [Need]) -> Self {
        self.needs = needs;
        self
    }

    /// These tokens must be refused.
    pub const fn refused(mut self, samples: fn(&Forge) -> Vec<Sample>) -> Self {
        self.run = Run::Refused(samples);
        self
    }

    /// These tokens must be accepted.
    pub const fn accepted(mut self, samples: fn(&Forge) -> Vec<Sample>) -> Self {
        self.run = Run::Accepted(samples);
        self
    }

    /// This story must go as told.
    pub const fn scene(mut self, scene: Scene) -> Self {
        self.run = Run::Scene(scene);
        self
    }

    /// This must hold of the configuration.
    pub const fn configuration(
        mut self,
        check: fn(&Registered) -> Result<Vec<String>, Stop>,
    ) -> Self {
        self.run = Run::Configuration(check);
        self
    }

    /// The group, by what stands before the first hyphen of the id.
    pub fn group(&self) -> &'static str {
        match self.id.split('-').next().unwrap_or(self.id) {
            "exp" | "nbf" | "iat" => "time",
            "sub" | "kind" => "claim",
            prefix => prefix,
        }
    }

    /// The vendor whose dialect it is about, if it is about one.
    pub fn vendor(&self) -> Option<&'static str> {
        self.needs.iter().find_map(|need| match need {
            Need::Vendor(vendor) => Some(*vendor),
            _ => None,
        })
    }

    /// What must come out, in words.
    pub const fn expectation(&self) -> &'static str {
        match self.run {
            Run::Refused(_) => "refused with 401, and the same token without the defect accepted",
            Run::Accepted(_) => "accepted, with the identity that was signed",
            Run::Scene(_) | Run::Configuration(_) => self.expects,
        }
    }
}

impl Level {
    /// The word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
        }
    }
}

impl Severity {
    /// The word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// What a subject answered to a case, for snapshots: one line an answer.
pub(crate) fn observation(label: &str, answer: &Answer) -> String {
    format!("{label}: {answer}")
}
