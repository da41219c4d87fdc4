//! What is wrong with a configuration: every problem in, one text and one error out.
//! Next: `sentence`, the text of each, and `data`, the same for programs.

use std::borrow::Cow;
use std::fmt;

use super::sentence::Sentence;
use super::{Source, ValueError};

/// Everything that is wrong with a provider's configuration, and nothing that is not.
///
/// ```text
/// `auth0` is not configured:
///   domain    is required: call `.domain(..)` or set AUTH0_DOMAIN
///   audience  is required: call `.audience(..)` or set AUTH0_AUDIENCE (it is set, but blank)
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    pub(super) provider: String,
    pub(super) problems: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field it concerns; empty when it concerns several.
    pub field: &'static str,
    /// What it is.
    pub kind: ProblemKind,
}

/// What can be wrong with a field. No variant ever holds a secret's value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// Nobody gave a value.
    Missing {
        /// The variables that were looked at, first to last.
        variables: &'static [&'static str],
        /// Those, or those that name a file in their place, that are set, but blank.
        blank: Vec<Cow<'static, str>>,
    },
    /// A value may be left out, but somebody began to give one.
    Blank {
        /// The variables that are set, but blank; none when it is the builder's text.
        variables: Vec<Cow<'static, str>>,
    },
    /// A text is something else than was expected.
    Malformed {
        /// Where it was read.
        source: Source,
        /// What was expected, and, unless it is a secret, what was found.
        error: ValueError,
    },
    /// The file that a variable names cannot be used.
    Unreadable {
        /// The variable, such as `ACME_KEY_FILE`.
        variable: String,
        /// The path, unless it looks as if it were the secret itself.
        path: Option<String>,
        /// Why, as the end of a sentence. Nothing of the file's content.
        reason: Cow<'static, str>,
    },
    /// It was given twice, and nobody can tell which one was meant.
    Twice {
        /// The two variables; none when the builder was given both.
        variables: Vec<String>,
    },
    /// The value is of the right form, and yet cannot be used.
    Invalid {
        /// Why, as a sentence without its first capital and without a full stop.
        message: String,
    },
    /// A text was given by a name that is no option's.
    Unknown {
        /// The name, cut at 80 characters.
        name: String,
        /// The option that was probably meant.
        nearest: Option<&'static str>,
        /// All options there are.
        options: Vec<&'static str>,
    },
    /// A text was given for a field that is computed.
    Computed,
    /// A text was given for an option that only its setter can take.
    NoText,
}

impl ConfigError {
    pub(crate) const fn new(provider: String, problems: Vec<Problem>) -> Self {
        Self { provider, problems }
    }

    /// The provider's name.
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// Everything that is wrong, in the order of the fields.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Problem {
    /// A stable code: `missing`, `blank`, `malformed`, `unreadable`, `twice`, `invalid`, `unknown`,
    /// `computed` or `no_text`.
    pub const fn code(&self) -> &'static str {
        match self.kind {
            ProblemKind::Missing { .. } => "missing",
            ProblemKind::Blank { .. } => "blank",
            ProblemKind::Malformed { .. } => "malformed",
            ProblemKind::Unreadable { .. } => "unreadable",
            ProblemKind::Twice { .. } => "twice",
            ProblemKind::Invalid { .. } => "invalid",
            ProblemKind::Unknown { .. } => "unknown",
            ProblemKind::Computed => "computed",
            ProblemKind::NoText => "no_text",
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not configured:", self.provider)?;
        let width = self.problems.iter().map(|problem| problem.field.len()).max().unwrap_or(0);
        for problem in &self.problems {
            write!(f, "\n  {:width$}  {}", problem.field, Sentence(problem))?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gap = if self.field.is_empty() { "" } else { " " };
        write!(f, "{}{gap}{}", self.field, Sentence(self))
    }
}
