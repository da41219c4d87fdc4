//! What is wrong with a configuration: every problem in, one text and one error out.
//! Next: `descriptor`, which the texts are made from.

use std::fmt;

use super::ValueError;

/// Everything that is wrong with a provider's configuration, and nothing that is not.
///
/// ```text
/// `auth0` is not configured:
///   domain    is required: call `.domain(..)` or set AUTH0_DOMAIN
///   audience  is required: call `.audience(..)` or set AUTH0_AUDIENCE (it is set, but blank)
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    provider: String,
    problems: Vec<Problem>,
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
        /// Those of them that are set, but blank.
        blank: Vec<&'static str>,
    },
    /// A value may be left out, but somebody began to give one.
    Blank {
        /// The variables that are set, but blank.
        variables: Vec<&'static str>,
    },
    /// A variable holds something else than was expected.
    Malformed {
        /// The variable.
        variable: &'static str,
        /// What was expected, and, unless it is a secret, what was found.
        error: ValueError,
    },
    /// The value is of the right form, and yet cannot be used.
    Invalid {
        /// Why, as a sentence without its first capital and without a full stop.
        message: String,
    },
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
    /// A stable code: `missing`, `blank`, `malformed` or `invalid`.
    pub const fn code(&self) -> &'static str {
        match self.kind {
            ProblemKind::Missing { .. } => "missing",
            ProblemKind::Blank { .. } => "blank",
            ProblemKind::Malformed { .. } => "malformed",
            ProblemKind::Invalid { .. } => "invalid",
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

/// The problem without its field's name.
struct Sentence<'a>(&'a Problem);

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            ProblemKind::Missing { variables, blank } => {
                write!(f, "is required: call `.{}(..)`", self.0.field)?;
                if !variables.is_empty() {
                    write!(f, " or set {}", variables.join(" or "))?;
                }
                match blank.as_slice() {
                    [] => Ok(()),
                    [_] if variables.len() == 1 => f.write_str(" (it is set, but blank)"),
                    [one] => write!(f, " ({one} is set, but blank)"),
                    several => write!(f, " ({} are set, but blank)", several.join(" and ")),
                }
            }
            ProblemKind::Blank { variables } => {
                let (names, verb) =
                    (variables.join(" and "), if variables.len() == 1 { "is" } else { "are" });
                write!(f, "{names} {verb} set, but blank: give a value, or unset it")
            }
            ProblemKind::Malformed { variable, error } => write!(f, "{variable}: {error}"),
            ProblemKind::Invalid { message } => f.write_str(message),
        }
    }
}
