//! What a subject said about a request, in terms that any server could answer in.

use std::fmt;

use auth_core::any::AnyUser;
use auth_core::{Claims, Decision, Denial, Principal};
use http::header::WWW_AUTHENTICATE;
use http::{HeaderName, HeaderValue};

/// What a subject said about a request.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status; 200 stands for "let in".
    pub status: u16,
    /// The stable code of a refusal.
    pub code: Option<&'static str>,
    /// Who was let in.
    pub subject: Option<String>,
    /// The claims that the handler gets.
    pub claims: Option<Claims>,
    /// The challenge of a refusal.
    pub challenge: Option<String>,
    /// The answer's headers: names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body of a refusal.
    pub body: String,
    /// What the log would hold.
    pub log: String,
}

impl Answer {
    /// Whether the request was let in.
    pub const fn is_allowed(&self) -> bool {
        self.status == 200
    }

    /// Whether the credential was refused.
    pub const fn is_refused(&self) -> bool {
        self.status == 401
    }

    /// The value of one of its headers.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether nobody could find out.
    pub const fn is_unavailable(&self) -> bool {
        self.status == 503
    }

    pub(super) fn allowed(user: Option<&AnyUser>) -> Self {
        Self {
            status: 200,
            code: None,
            subject: user.map(|user| user.subject().to_owned()),
            claims: user.map(|user| user.claims().clone()),
            challenge: None,
            headers: Vec::new(),
            body: String::new(),
            log: format!("{user:?}"),
        }
    }

    /// A subject that panics is a server that answers 500, if it answers.
    pub(super) fn panicked() -> Self {
        Self { status: 500, code: Some("panicked"), ..Self::allowed(None) }
    }

    pub(super) fn denied(denial: &Denial) -> Self {
        let response = denial.to_response::<String>();
        let challenge = response.headers().get(WWW_AUTHENTICATE);
        Self {
            status: response.status().as_u16(),
            code: Some(denial.code()),
            subject: None,
            claims: None,
            challenge: challenge.map(|value| String::from_utf8_lossy(value.as_bytes()).into()),
            headers: response.headers().iter().map(written).collect(),
            log: format!("{} {denial:?}", denial.error()),
            body: response.into_body(),
        }
    }
}

fn written((name, value): (&HeaderName, &HeaderValue)) -> (String, String) {
    (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
}

impl From<&Decision<AnyUser>> for Answer {
    fn from(decision: &Decision<AnyUser>) -> Self {
        match decision.denial() {
            Some(denial) => Self::denied(denial),
            None => Self::allowed(decision.user()),
        }
    }
}

/// One line without anything that changes from run to run.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code, &self.subject) {
            (Some(code), _) => write!(f, "{} {code}", self.status),
            (None, Some(subject)) => write!(f, "allow {subject:?}"),
            (None, None) => f.write_str("allow nobody"),
        }
    }
}
