//! The project whose users are accepted: a text in, a [`ProjectId`] out.
//!
//! Next: `rules`, which makes issuer and audience of it.

use std::fmt;

use auth_core::config::{FromEnv, ValueError};
use serde::Deserialize;

use super::service_account::ServiceAccount;

/// The id of a Google Cloud project, such as `acme-prod`. Not its name, and not its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectId(String);

/// What Firebase's configuration says of a project.
#[derive(Deserialize)]
struct Configuration {
    #[serde(rename = "projectId")]
    project_id: String,
}

/// The project that was named, or else that of the account.
pub(super) fn of(
    named: Option<&ProjectId>,
    account: Option<&ServiceAccount>,
) -> Result<ProjectId, &'static str> {
    named.or(account.map(ServiceAccount::project)).cloned().ok_or(
        "is required: call `.project(..)`, set FIREBASE_PROJECT_ID, GOOGLE_CLOUD_PROJECT, \
         GCLOUD_PROJECT or FIREBASE_CONFIG, or give a service account",
    )
}

impl ProjectId {
    /// Reads an id: lower-case letters, digits and hyphens, a letter first; old ids have a domain and
    /// a colon before that. Or the JSON of Firebase's configuration, whose `projectId` is taken.
    ///
    /// # Errors
    ///
    /// What was expected instead.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        if text.trim_start().starts_with('{') {
            let configuration: Configuration = serde_json::from_str(text)
                .map_err(|_| ValueError::new("Firebase's configuration with a `projectId`"))?;
            return Self::plain(&configuration.project_id);
        }
        Self::plain(text)
    }

    fn plain(text: &str) -> Result<Self, ValueError> {
        let (domain, id) = text.split_once(':').unwrap_or(("a", text));
        let is_name = |text: &str, more: &[u8]| {
            let is_known = |byte: u8| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || more.contains(&byte)
            };
            (1..=64).contains(&text.len()) && text.bytes().all(is_known)
        };
        let begins_well = id.starts_with(|first: char| first.is_ascii_lowercase());
        if is_name(id, b"-") && begins_well && !id.ends_with('-') && is_name(domain, b"-.") {
            return Ok(Self(text.to_owned()));
        }
        Err(ValueError::new("a project id such as acme-prod, not its name or number").found(text))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether no project of this id can exist outside an emulator.
    pub(super) fn is_demo(&self) -> bool {
        self.0.starts_with("demo-")
    }
}

impl fmt::Display for ProjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromEnv for ProjectId {
    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for ProjectId {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ProjectId {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_ids_and_firebases_configuration() {
        for text in ["acme-prod", "a", "example.com:acme-prod", "demo-acme"] {
            assert_eq!(ProjectId::parse(text).unwrap().as_str(), text);
        }
        let json =
            r#"{"databaseURL": "https://acme-prod.firebaseio.com", "projectId": "acme-prod"}"#;
        assert_eq!(ProjectId::parse(json).unwrap().as_str(), "acme-prod");
    }

    #[test]
    fn names_numbers_paths_and_other_json_are_no_ids() {
        let wrong = ["Acme Prod", "123456789012", "acme/other", "acme-", "", "/etc/firebase.json"];
        for text in wrong.into_iter().chain(["{}", r#"{"projectId": "a/b"}"#, "{"]) {
            let error = ProjectId::parse(text).unwrap_err();
            assert!(error.to_string().starts_with("expected "), "{text}: {error}");
        }
    }
}
