//! The text of each problem: what is wrong, where, and what to do. Next: `descriptor`, which the
//! texts are made from.

use std::borrow::Cow;
use std::fmt;

use super::{Problem, ProblemKind, Source, ValueError};

/// A problem without its field's name.
pub(super) struct Sentence<'a>(pub(super) &'a Problem);

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = self.0.field;
        match &self.0.kind {
            ProblemKind::Missing { variables, blank } => missing(f, field, variables, blank),
            ProblemKind::Blank { variables } => blank(f, variables),
            ProblemKind::Malformed { source, error } => malformed(f, source, error),
            ProblemKind::Unreadable { variable, path: Some(path), reason } => {
                write!(f, "{variable}: the file {path:?} {reason}")
            }
            ProblemKind::Unreadable { variable, path: None, reason } => {
                write!(f, "{variable}: {reason}")
            }
            ProblemKind::Twice { variables } if variables.is_empty() => {
                write!(f, "is given twice: call `.{field}(..)` or `.set(\"{field}\", ..)`, once")
            }
            ProblemKind::Twice { variables } => {
                write!(f, "{} are both set: unset one of them", variables.join(" and "))
            }
            ProblemKind::Invalid { message } => f.write_str(message),
            ProblemKind::Unknown { name, nearest, options } => unknown(f, name, *nearest, options),
            ProblemKind::Computed => f.write_str("is computed, not an option: leave it out"),
            ProblemKind::NoText => {
                write!(f, "cannot be read from a text: call `.{field}(..)` instead")
            }
        }
    }
}

fn missing(
    f: &mut fmt::Formatter<'_>,
    field: &str,
    variables: &[&str],
    blank: &[Cow<'_, str>],
) -> fmt::Result {
    write!(f, "is required: call `.{field}(..)`")?;
    if !variables.is_empty() {
        write!(f, " or set {}", variables.join(" or "))?;
    }
    match blank {
        [] => Ok(()),
        [one] if variables == [one] => f.write_str(" (it is set, but blank)"),
        [one] => write!(f, " ({one} is set, but blank)"),
        several => write!(f, " ({} are set, but blank)", several.join(" and ")),
    }
}

fn blank(f: &mut fmt::Formatter<'_>, variables: &[Cow<'_, str>]) -> fmt::Result {
    match variables {
        [] => f.write_str("is set by name, but blank: give a value, or leave it out"),
        [one] => write!(f, "{one} is set, but blank: give a value, or unset it"),
        several => {
            let names = several.join(" and ");
            write!(f, "{names} are set, but blank: give a value, or unset it")
        }
    }
}

fn malformed(f: &mut fmt::Formatter<'_>, source: &Source, error: &ValueError) -> fmt::Result {
    match source {
        Source::Variable(variable) => write!(f, "{variable}: {error}"),
        Source::File { variable, path } => write!(f, "{variable}: the file {path:?}: {error}"),
        Source::Builder | Source::Default | Source::Absent => write!(f, "{error}"),
    }
}

fn unknown(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    nearest: Option<&str>,
    options: &[&str],
) -> fmt::Result {
    write!(f, "{name:?} is no option")?;
    match (nearest, options) {
        (Some(nearest), _) => write!(f, ": did you mean {nearest:?}?")?,
        (None, []) => return f.write_str(": there are none"),
        (None, _) => f.write_str(".")?,
    }
    write!(f, " The options are {}", options.join(", "))
}
