//! What the issuer answers, and whether the answer arrives. Next: `answers`, which writes it, and `door`, which delivers it.

use serde_json::{Value, json};

/// What the issuer answers.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    /// The type of the body.
    pub content_type: &'static str,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// Whether it arrives.
    pub arrival: Arrival,
}

/// Whether an answer arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// As it is.
    Whole,
    /// Half of its body, then the connection is closed.
    Cut,
    /// Never, until the issuer is told to answer something else; that is sent then.
    Held,
}

impl Reply {
    /// A key set with these keys.
    pub fn keys(keys: impl IntoIterator<Item = Value>) -> Self {
        let keys: Vec<Value> = keys.into_iter().collect();
        Self::json(200, &json!({ "keys": keys }))
    }

    /// Any status and a JSON body.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json", body.to_string())
    }

    /// Any status and body.
    pub fn text(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let (body, headers, arrival) = (body.into(), Vec::new(), Arrival::Whole);
        Self { status, body, content_type, headers, arrival }
    }

    /// No answer until something else is to be answered, or the client gives up.
    pub fn held() -> Self {
        Self { arrival: Arrival::Held, ..Self::text(200, "text/plain", "") }
    }

    /// With a further header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same, cut off in the middle of its body.
    pub const fn cut(mut self) -> Self {
        self.arrival = Arrival::Cut;
        self
    }
}
