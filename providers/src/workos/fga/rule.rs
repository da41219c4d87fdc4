//! Which question a request is: a line of a table and a request in, what the request needs out.
//!
//! Nothing matches by accident: names are compared byte for byte, and what stands for a name is
//! plain characters, which every router reads alike. Next: `provider`.

use auth_core::Request;
use auth_core::config::{FromEnv, Kind, ValueError};

use super::resource::{FgaNeed, FgaResource};

/// What requests of some method and path need.
///
/// As a text, four words: methods (`*` for any, `GET|PUT`; `HEAD` goes with `GET`), a path, a
/// permission, and a resource as `type/id`. A segment `:name` of the path matches one segment, and
/// the resource's id may be that name.
///
/// ```
/// use auth_core::Request;
/// use auth_providers::{FgaNeed, FgaResource, FgaRule};
///
/// let rule = FgaRule::parse("GET /documents/:id document:view document/:id").unwrap();
/// let request = http::Request::get("/documents/7").body(()).unwrap();
/// let need = FgaNeed::new("document:view", FgaResource::external("document", "7"));
/// assert_eq!(rule.need(&Request::from(&request)), Some(need));
/// assert!(FgaRule::parse("GET /documents/:id document:view document/:key").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FgaRule {
    /// None means any.
    methods: Vec<String>,
    path: Vec<Segment>,
    permission: String,
    kind: String,
    id: Segment,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Text(String),
    Name(String),
}

impl FgaRule {
    /// Reads a line.
    ///
    /// # Errors
    ///
    /// What was expected instead.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let expected = "four words such as `GET /documents/:id document:view document/:id`";
        Self::read(text).ok_or_else(|| ValueError::new(expected).found(text))
    }

    /// What this request needs; `None` when the line is not about it.
    pub fn need(&self, request: &Request<'_>) -> Option<FgaNeed> {
        let method = request.method().as_str();
        let fits = |named: &String| named == method || (named == "GET" && method == "HEAD");
        if !self.methods.is_empty() && !self.methods.iter().any(fits) {
            return None;
        }
        let mut id = match &self.id {
            Segment::Text(id) => Some(id.as_str()),
            Segment::Name(_) => None,
        };
        let given: Vec<_> = request.path().strip_prefix('/')?.split('/').collect();
        if given.len() != self.path.len() {
            return None;
        }
        for (segment, given) in self.path.iter().zip(given) {
            match segment {
                Segment::Text(text) if text == given => {}
                Segment::Name(_) if is_plain(given) => {
                    if *segment == self.id {
                        id = Some(given);
                    }
                }
                _ => return None,
            }
        }
        Some(FgaNeed::new(&self.permission, FgaResource::external(&self.kind, id?)))
    }

    fn read(text: &str) -> Option<Self> {
        let mut words = text.split_ascii_whitespace();
        let (methods, path, permission) = (words.next()?, words.next()?, words.next()?);
        let (kind, id) = words.next()?.split_once('/')?;
        let path: Vec<Segment> = match path.strip_prefix('/')? {
            "" => vec![Segment::Text(String::new())],
            path => path.split('/').map(segment).collect::<Option<_>>()?,
        };
        let id = segment(id)?;
        let is_known = matches!(id, Segment::Text(_))
            || path.iter().filter(|segment| **segment == id).count() == 1;
        let is_whole = words.next().is_none() && !kind.is_empty() && is_known;
        let rule = Self {
            methods: read_methods(methods)?,
            path,
            permission: permission.into(),
            kind: kind.into(),
            id,
        };
        is_whole.then_some(rule)
    }
}

fn read_methods(text: &str) -> Option<Vec<String>> {
    if text == "*" {
        return Some(Vec::new());
    }
    let is_method =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase());
    text.split('|').map(|name| is_method(name).then(|| name.to_owned())).collect()
}

fn segment(text: &str) -> Option<Segment> {
    match text.strip_prefix(':') {
        Some(name) => is_plain(name).then(|| Segment::Name(name.to_owned())),
        None => is_plain(text).then(|| Segment::Text(text.to_owned())),
    }
}

/// Whether every reader of this segment reads it alike.
fn is_plain(segment: &str) -> bool {
    let is_plain_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~@".contains(&byte);
    !matches!(segment, "" | "." | "..") && segment.bytes().all(is_plain_byte)
}

impl FromEnv for FgaRule {
    const KIND: Kind = Kind::Text;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for FgaRule {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}
