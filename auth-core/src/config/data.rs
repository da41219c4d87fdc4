//! A configuration error for programs: a problem in, data of a stable shape out. Next:
//! `descriptor`, which serializes as it is.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::sentence::Sentence;
use super::{ConfigError, Problem, ProblemKind, Source};

/// `{"provider": "auth0", "problems": [..]}`.
impl Serialize for ConfigError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut error = serializer.serialize_struct("ConfigError", 2)?;
        error.serialize_field("provider", self.provider())?;
        error.serialize_field("problems", self.problems())?;
        error.end()
    }
}

/// `field`, `code`, the `variables` it is about, those of them that are `blank`, and the `message`
/// of the text without the field's name.
impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (variables, blank) = self.variables();
        let mut problem = serializer.serialize_struct("Problem", 5)?;
        problem.serialize_field("field", self.field)?;
        problem.serialize_field("code", self.code())?;
        problem.serialize_field("variables", &variables)?;
        problem.serialize_field("blank", &blank)?;
        problem.serialize_field("message", &Sentence(self).to_string())?;
        problem.end()
    }
}

impl Problem {
    /// The variables it is about, and those that are set, but blank.
    fn variables(&self) -> (Vec<&str>, Vec<&str>) {
        match &self.kind {
            ProblemKind::Missing { variables, blank } => {
                (variables.to_vec(), blank.iter().map(AsRef::as_ref).collect())
            }
            ProblemKind::Blank { variables } => {
                let blank: Vec<_> = variables.iter().map(AsRef::as_ref).collect();
                (blank.clone(), blank)
            }
            ProblemKind::Malformed { source: Source::Variable(variable), .. } => {
                (vec![*variable], Vec::new())
            }
            ProblemKind::Malformed { source: Source::File { variable, .. }, .. }
            | ProblemKind::Unreadable { variable, .. } => (vec![variable], Vec::new()),
            ProblemKind::Twice { variables } => {
                (variables.iter().map(String::as_str).collect(), Vec::new())
            }
            ProblemKind::Malformed { .. }
            | ProblemKind::Invalid { .. }
            | ProblemKind::Unknown { .. }
            | ProblemKind::Computed
            | ProblemKind::NoText => (Vec::new(), Vec::new()),
        }
    }
}
