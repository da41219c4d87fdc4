//! How we show the issuer who asks: a choice in; a header or form fields, or what is wrong out
//! (RFC 7662, section 2.1). Read once, when a server starts. Next: `endpoint`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use url::form_urlencoded::{Serializer, byte_serialize};
use zeroize::Zeroizing;

use crate::config::Secret;

/// A client authentication as it was chosen.
#[derive(Debug, Clone)]
pub(super) enum Client {
    /// HTTP Basic (RFC 6749, section 2.3.1).
    Basic(String, Secret<String>),
    /// `client_id` and `client_secret` in the form (the same section).
    Body(String, Secret<String>),
    /// A token of our own (RFC 6750).
    Bearer(Secret<String>),
    /// None, by name.
    Nobody,
}

/// The same, ready to be sent. It never prints.
#[derive(Clone)]
pub(super) enum Credentials {
    Header(HeaderValue),
    Body(String, Secret<String>),
    Nothing,
}

impl Client {
    /// What to send, or what is wrong.
    pub(super) fn open(&self) -> Result<Credentials, Vec<String>> {
        let problems = self.problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        let header = match self {
            Self::Basic(id, secret) => basic(id, secret),
            Self::Bearer(token) => sensitive(&format!("Bearer {}", token.expose())),
            Self::Body(id, secret) => return Ok(Credentials::Body(id.clone(), secret.clone())),
            Self::Nobody => return Ok(Credentials::Nothing),
        };
        header.map(Credentials::Header).ok_or_else(|| {
            vec!["the token for the introspection endpoint has to be visible ASCII".to_owned()]
        })
    }

    fn problems(&self) -> Vec<String> {
        match self {
            Self::Basic(id, secret) | Self::Body(id, secret) => {
                let id = id.trim().is_empty().then(|| "the client id is blank".to_owned());
                id.into_iter().chain(flaw("client secret", secret)).collect()
            }
            Self::Bearer(token) => {
                flaw("token for the introspection endpoint", token).into_iter().collect()
            }
            Self::Nobody => Vec::new(),
        }
    }
}

fn flaw(what: &str, secret: &Secret<String>) -> Option<String> {
    let text = secret.expose();
    if text.trim().is_empty() {
        return Some(format!("the {what} is blank"));
    }
    let is_padded = text.trim() != text;
    is_padded
        .then(|| format!("the {what} has white space around it: is a line break from a file left?"))
}

/// Both parts are encoded as in a form before they are joined, so that a colon in one is no end.
fn basic(id: &str, secret: &Secret<String>) -> Option<HeaderValue> {
    let encoded = |text: &str| Zeroizing::new(byte_serialize(text.as_bytes()).collect::<String>());
    let joined = Zeroizing::new(format!("{}:{}", *encoded(id), *encoded(secret.expose())));
    sensitive(&format!("Basic {}", STANDARD.encode(joined.as_bytes())))
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok().filter(|value| value.to_str().is_ok())?;
    value.set_sensitive(true);
    Some(value)
}

impl Credentials {
    /// The `Authorization` header, if that is how.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        match self {
            Self::Header(value) => Some(value.clone()),
            Self::Body(..) | Self::Nothing => None,
        }
    }

    /// Adds form fields, if that is how.
    pub(super) fn fill(&self, form: &mut Serializer<'_, String>) {
        if let Self::Body(id, secret) = self {
            form.append_pair("client_id", id).append_pair("client_secret", secret.expose());
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
