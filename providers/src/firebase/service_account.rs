//! The key of a service account: its JSON in, signed assertions out (RFC 7523, section 2.1). Next:
//! `oauth`, which exchanges them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use auth_core::Secret;
use auth_core::config::{FromEnv, ValueError};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

use super::project::ProjectId;

/// The key of a service account, which opens the project to whoever has it. It never prints.
///
/// ```
/// use auth_providers::ServiceAccount;
///
/// let error = ServiceAccount::parse(r#"{"type": "authorized_user"}"#).unwrap_err();
/// assert!(error.to_string().contains("`type` is not `service_account`"), "{error}");
/// ```
#[derive(Clone)]
pub struct ServiceAccount {
    project: ProjectId,
    email: String,
    key_id: Option<String>,
    key: Arc<KeyPair>,
}

/// The file as Google writes it. Where it says whom to ask is not looked at: the key speaks to
/// Google, and to nobody else.
#[derive(Deserialize)]
struct KeyFile {
    #[serde(rename = "type")]
    kind: Option<String>,
    project_id: Option<String>,
    client_email: Option<String>,
    private_key_id: Option<String>,
    private_key: Option<String>,
    universe_domain: Option<String>,
}

impl ServiceAccount {
    /// Reads the JSON, the same in base64, or the file of this path.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it; never what it holds.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        if text.trim_start().starts_with('{') {
            return Self::from_json(text);
        }
        // No path: a `{` in base64, and longer than any name of a file may be.
        if let Some(json) = decoded(text).filter(|_| text.len() > 255) {
            return Self::from_json(&json);
        }
        Self::from_json(Secret::from_file(text)?.expose())
    }

    fn from_json(json: &str) -> Result<Self, ValueError> {
        let file: KeyFile = serde_json::from_str(json)
            .map_err(|_| wrong("it is not the JSON object that Google's console offers"))?;
        let private = file.private_key.map(Zeroizing::new);
        let universe = file.universe_domain.as_deref().unwrap_or("googleapis.com");
        let is_account = file.kind.as_deref() == Some("service_account");
        let project = file.project_id.as_deref().map(ProjectId::parse);
        let email = file.client_email.filter(|email| !email.trim().is_empty());
        let key = private.as_ref().map(|pem| key_pair(pem));
        let problems: Vec<_> = [
            (!is_account).then_some("`type` is not `service_account`"),
            project.is_none().then_some("`project_id` is missing"),
            project.as_ref().is_some_and(Result::is_err).then_some("`project_id` is no project id"),
            email.is_none().then_some("`client_email` is missing"),
            key.is_none().then_some("`private_key` is missing"),
            key.as_ref().is_some_and(Option::is_none).then_some(
                "`private_key` is no RSA key of 2048 bits or more in PEM (`BEGIN PRIVATE KEY`)",
            ),
            (universe != "googleapis.com").then_some("`universe_domain` is not googleapis.com"),
        ]
        .into_iter()
        .flatten()
        .collect();
        match (project, email, key) {
            (Some(Ok(project)), Some(email), Some(Some(key))) if problems.is_empty() => {
                Ok(Self { project, email, key_id: file.private_key_id, key: Arc::new(key) })
            }
            _ => Err(wrong(&problems.join(", "))),
        }
    }

    /// The project that the account is of.
    pub(super) const fn project(&self) -> &ProjectId {
        &self.project
    }

    /// A token that asks `audience` for an access token of these scopes (RFC 7523, section 3), good
    /// for an hour from `now`, the time since 1970.
    pub(super) fn assertion(&self, scopes: &str, audience: &str, now: Duration) -> Option<String> {
        let mut header = json!({ "alg": "RS256", "typ": "JWT" });
        if let Some(id) = &self.key_id {
            header["kid"] = json!(id);
        }
        let claims = json!({
            "iss": self.email, "scope": scopes, "aud": audience,
            "iat": now.as_secs(), "exp": now.as_secs().saturating_add(3600),
        });
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let message = format!(
            "{}.{}",
            encode(header.to_string().as_bytes()),
            encode(claims.to_string().as_bytes())
        );
        let mut signature = vec![0; self.key.public_modulus_len()];
        let random = SystemRandom::new();
        self.key.sign(&RSA_PKCS1_SHA256, &random, message.as_bytes(), &mut signature).ok()?;
        Some(format!("{message}.{}", encode(&signature)))
    }
}

/// The JSON behind base64.
fn decoded(text: &str) -> Option<Zeroizing<String>> {
    let bytes = Zeroizing::new(STANDARD.decode(text.trim()).ok()?);
    let json = str::from_utf8(&bytes).ok().filter(|json| json.trim_start().starts_with('{'))?;
    Some(Zeroizing::new(json.to_owned()))
}

/// Line breaks may have been written as `\n` twice over, as they are in variables.
fn key_pair(text: &str) -> Option<KeyPair> {
    let text = Zeroizing::new(text.replace("\\n", "\n"));
    let pem = pem::parse(text.as_bytes()).ok().filter(|pem| pem.tag() == "PRIVATE KEY")?;
    let der = Zeroizing::new(pem.into_contents());
    KeyPair::from_pkcs8(&der).ok()
}

fn wrong(problem: &str) -> ValueError {
    ValueError::new(format!(
        "the JSON key of a service account, or the path of its file: {problem}"
    ))
}

/// Which project, never which key.
impl fmt::Debug for ServiceAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceAccount({})", self.project)
    }
}

impl FromEnv for ServiceAccount {
    const SECRET: bool = true;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for ServiceAccount {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ServiceAccount {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        Self::parse(&Zeroizing::new(text))
    }
}
