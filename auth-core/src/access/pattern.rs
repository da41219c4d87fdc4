//! Which paths a rule is about: a pattern in, whether a path fits out.
//!
//! Patterns are parsed, never pasted into a regular expression; they match whole segments, letter by
//! letter. Next: `public`.

use std::fmt;

use super::target::Target;

/// A path pattern: `/health`, `/docs/*`, `/users/:id`, `/a/*/b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Segment>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Text(String),
    /// One segment, whatever it is.
    Any,
    /// Everything from here on; only at the end.
    Rest,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// A sentence that says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Some(rest) = text.strip_prefix('/') else {
            return Err(format!("the pattern {text:?} has to begin with a slash"));
        };
        if Target::read(text).is_err() || text.contains('%') {
            return Err(format!(
                "the pattern {text:?} has to be a plain path: no escapes, dot segments, double \
                 slashes or query"
            ));
        }
        let segments: Vec<&str> = rest.split('/').collect();
        let last = segments.len() - 1;
        segments
            .iter()
            .enumerate()
            .map(|(i, segment)| parse_segment(text, segment, i == last))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Every path.
    pub(super) fn everything() -> Self {
        Self(vec![Segment::Rest])
    }

    /// Whether this very path fits.
    pub(super) fn matches(&self, path: &str) -> bool {
        let mut actual = path.strip_prefix('/').unwrap_or(path).split('/');
        for segment in &self.0 {
            let fits = match (segment, actual.next()) {
                (Segment::Rest, Some(_)) => return true,
                (Segment::Text(text), Some(given)) => text == given,
                (Segment::Any, Some(given)) => !given.is_empty(),
                (_, None) => false,
            };
            if !fits {
                return false;
            }
        }
        actual.next().is_none()
    }

    /// Whether whatever fits `other` fits this one.
    pub(super) fn subsumes(&self, other: &Self) -> bool {
        subsumes(&self.0, &other.0)
    }

    /// Whether a path that reads almost like the pattern's could reach the same handler: for what
    /// is to stay closed, a slash at the end and letter case make no difference, and `/a/*` means
    /// `/a` as well.
    pub(crate) fn covers(&self, path: &str) -> bool {
        let path = path.trim_matches('/').to_ascii_lowercase();
        let mut actual = path.split('/').filter(|segment| !segment.is_empty());
        for segment in &self.0 {
            let fits = match segment {
                Segment::Rest => return true,
                Segment::Text(text) if text.is_empty() => true,
                Segment::Text(text) => actual.next() == Some(&*text.to_ascii_lowercase()),
                Segment::Any => actual.next().is_some(),
            };
            if !fits {
                return false;
            }
        }
        actual.next().is_none()
    }
}

/// Whether whatever fits `narrow` fits `wide`.
fn subsumes(wide: &[Segment], narrow: &[Segment]) -> bool {
    match (wide, narrow) {
        ([], []) | ([Segment::Rest], [_, ..]) => true,
        ([Segment::Text(text), wide @ ..], [Segment::Text(same), narrow @ ..]) => {
            text == same && subsumes(wide, narrow)
        }
        ([Segment::Any, wide @ ..], [first, narrow @ ..]) => {
            let is_one = match first {
                Segment::Text(text) => !text.is_empty(),
                Segment::Any => true,
                Segment::Rest => false,
            };
            is_one && subsumes(wide, narrow)
        }
        _ => false,
    }
}

fn parse_segment(pattern: &str, segment: &str, is_last: bool) -> Result<Segment, String> {
    match segment {
        "*" if is_last => Ok(Segment::Rest),
        "*" => Ok(Segment::Any),
        name if name.starts_with(':') && name.len() > 1 && !name.contains('*') => Ok(Segment::Any),
        text if text.contains(['*', ':']) => Err(format!(
            "the pattern {pattern:?} has `{text}`: `*` and `:name` stand for whole segments"
        )),
        text => Ok(Segment::Text(text.to_owned())),
    }
}

/// As it was written; parameters have lost their names.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Text(text) => write!(f, "/{text}")?,
                Segment::Any => write!(f, "/:{}", index + 1)?,
                Segment::Rest => f.write_str("/*")?,
            }
        }
        Ok(())
    }
}
