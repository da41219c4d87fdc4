//! What the suite says of a provider: `conformance describe --format json`, version 1.
//!
//! In: that text. Out: [`Provider`]s, by name. Next: `documents`.

use std::fmt::{self, Display, Formatter};

use serde::Deserialize;

/// The shape that is understood here.
const VERSION: u64 = 1;

#[derive(Deserialize)]
struct Description {
    version: u64,
    providers: Vec<Provider>,
}

/// A provider that registered itself.
#[derive(Debug, Deserialize)]
pub(super) struct Provider {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) type_name: String,
    pub(super) docs: String,
    pub(super) options: Vec<Choice>,
}

/// An option of a provider.
#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    pub(super) name: String,
    pub(super) docs: String,
    pub(super) variables: Vec<String>,
    pub(super) file_variables: Vec<String>,
    pub(super) presence: Presence,
    pub(super) default: Option<String>,
}

/// Whether an option has to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Presence {
    Required,
    Optional,
    Default,
}

/// The providers, sorted, whatever order they came in.
pub(super) fn parse(json: &str) -> Result<Vec<Provider>, String> {
    let parsed: Result<Description, _> = serde_json::from_str(json);
    let description = parsed.map_err(|error| format!("the description of providers: {error}"))?;
    let found = description.version;
    if found != VERSION {
        return Err(format!("the description of providers has version {found}, not {VERSION}"));
    }
    let mut providers = description.providers;
    providers.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(providers)
}

impl Provider {
    /// Where its page is, as seen from the root.
    pub(super) fn page(&self) -> String {
        format!("docs/providers/{}.md", self.name)
    }
}

impl Choice {
    /// Every variable that is looked at, in order: each, and the one beside it that names a file.
    pub(super) fn sources(&self) -> Vec<&str> {
        let mut files = self.file_variables.iter();
        let pairs = self.variables.iter().map(|variable| (variable, files.next()));
        pairs
            .flat_map(|(variable, file)| [Some(variable), file])
            .flatten()
            .map(String::as_str)
            .collect()
    }
}

impl Display for Choice {
    /// Whether it has to be given, in a word or two.
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match (self.presence, &self.default) {
            (Presence::Required, _) => out.write_str("required"),
            (Presence::Default, Some(default)) => write!(out, "default `{default}`"),
            (Presence::Optional | Presence::Default, _) => out.write_str("optional"),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Two providers, with every kind of option.
    pub(in crate::docs) fn example() -> Vec<Provider> {
        let json = r#"{"version": 1, "providers": [
            {"name": "zebra", "type": "Zebra", "docs": "Accepts stripes.", "options": []},
            {"name": "acme", "type": "Acme",
             "docs": "Accepts tokens\nof ACME. More\n\nRemarks.", "options": [
                {"name": "leeway", "docs": "How far clocks may disagree: `|`.",
                 "variables": ["ACME_LEEWAY"], "file_variables": [], "presence": "default",
                 "default": "5 * SECOND", "secret": false, "kind": "duration"},
                {"name": "key", "docs": "The key. Keep it.", "variables": ["ACME_KEY", "KEY"],
                 "file_variables": ["ACME_KEY_FILE", "KEY_FILE"], "presence": "required",
                 "default": null, "secret": true, "kind": "text"},
                {"name": "rule", "docs": "", "variables": [], "file_variables": [],
                 "presence": "optional", "default": null, "secret": false, "kind": "other"}
             ]}
        ]}"#;
        parse(json).unwrap()
    }

    #[test]
    fn providers_come_by_name_and_sources_in_the_order_in_which_they_are_tried() {
        let providers = example();
        let names: Vec<_> = providers.iter().map(|provider| provider.name.as_str()).collect();
        assert_eq!(names, ["acme", "zebra"]);
        let sources = providers[0].options[1].sources();
        assert_eq!(sources, ["ACME_KEY", "ACME_KEY_FILE", "KEY", "KEY_FILE"]);
        let given: Vec<_> = providers[0].options.iter().map(ToString::to_string).collect();
        assert_eq!(given, ["default `5 * SECOND`", "required", "optional"]);
    }

    #[test]
    fn another_version_is_not_guessed_at() {
        let error = parse(r#"{"version": 2, "providers": []}"#).unwrap_err();
        assert_eq!(error, "the description of providers has version 2, not 1");
        assert!(parse("").unwrap_err().starts_with("the description of providers: "));
    }
}
