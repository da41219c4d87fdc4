//! Step 2: does this path need a token at all?
//!
//! In: a path and the patterns of the builder. Out: yes or no, and no is the exception: what no
//! pattern makes public needs a user. Next: `token`.

use crate::request::Request;

/// Which paths are open to everybody.
#[derive(Debug, Clone, Default)]
pub struct AccessRules {
    public: Vec<Pattern>,
    protected: Vec<Pattern>,
}

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

impl AccessRules {
    /// Opens what the pattern matches.
    pub fn add_public(&mut self, pattern: Pattern) {
        self.public.push(pattern);
    }

    /// Keeps what the pattern matches closed, even where a public pattern matches as well.
    pub fn add_protected(&mut self, pattern: Pattern) {
        self.protected.push(pattern);
    }

    /// Whether nothing was said about any path.
    pub(crate) const fn is_empty(&self) -> bool {
        self.public.is_empty() && self.protected.is_empty()
    }

    /// Whether the request needs no user.
    ///
    /// A path in any but its plainest form (escapes, dot segments, double slashes) is never
    /// public: whoever serves it may read it differently.
    pub fn is_public(&self, request: &Request<'_>) -> bool {
        if self.public.is_empty() {
            return false;
        }
        let path = request.path();
        is_plain(path)
            && self.public.iter().any(|pattern| pattern.matches(path))
            && !self.protected.iter().any(|pattern| pattern.covers(path))
    }
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
        if !is_plain(text) {
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

    fn matches(&self, path: &str) -> bool {
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

    /// Whether a path that reads almost like the pattern's could reach the same handler: for what
    /// is to stay closed, a slash at the end and letter case make no difference, and `/a/*` means
    /// `/a` as well.
    fn covers(&self, path: &str) -> bool {
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

/// Whether every reader of this path reads it alike.
fn is_plain(path: &str) -> bool {
    let is_plain_byte = |byte: u8| byte.is_ascii_graphic() && !b"%\\?#;".contains(&byte);
    path.starts_with('/')
        && path.bytes().all(is_plain_byte)
        && !path.contains("//")
        && !path.split('/').any(|segment| matches!(segment, "." | ".."))
}
