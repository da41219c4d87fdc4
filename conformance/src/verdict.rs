//! What a case said about a subject. Next: `report`.

use serde::{Serialize, Serializer};

/// The outcome of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// As expected.
    Pass,
    /// A SHOULD was missed.
    NonStrict,
    /// A MUST was missed.
    Fail,
    /// The case does not apply; the reason is given.
    Skip,
    /// The harness cannot put the question to this subject; the reason is given.
    Unimplemented,
    /// Recorded, never judged.
    Info,
    /// The positive control failed: subject or harness is broken. Never counted as a pass.
    Error,
}

/// Why a case ended before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The subject did what it must not: what was expected, and what was seen.
    Missed(String),
    /// A good token was refused, so a refusal means nothing.
    Control(String),
    /// The harness cannot put the question to this subject.
    Unimplemented(String),
    /// The case does not apply to this subject.
    Skip(String),
}

impl Verdict {
    /// Every verdict, in the order of reports.
    pub const ALL: [Self; 7] = [
        Self::Pass,
        Self::NonStrict,
        Self::Fail,
        Self::Skip,
        Self::Unimplemented,
        Self::Info,
        Self::Error,
    ];

    /// The word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::NonStrict => "non-strict",
            Self::Fail => "fail",
            Self::Skip => "skip",
            Self::Unimplemented => "unimplemented",
            Self::Info => "info",
            Self::Error => "error",
        }
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}
