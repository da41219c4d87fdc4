//! What a provider can be told, as one constant.
//!
//! In: the struct that the derive read. Out: error texts, variable tables, `Debug` and the generic
//! configuration cases, all from the same table. Next: `resolve`.

use serde::Serialize;

/// A provider's name, documentation and fields.
///
/// Serializes as it stands here, `presence` and `kind` in snake case: `"required"`,
/// `{"default": "true"}`, `"hmac_secret"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Descriptor {
    /// The provider's name in kebab-case, such as `auth0`.
    pub name: &'static str,
    /// The struct's name, such as `Auth0`.
    pub type_name: &'static str,
    /// The struct's documentation.
    pub docs: &'static str,
    /// Every field, in the order of the struct.
    pub fields: &'static [Field],
}

/// One field of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Field {
    /// The field's name, which is also its setter's.
    pub name: &'static str,
    /// The field's documentation.
    pub docs: &'static str,
    /// The environment variables it falls back to, first to last.
    pub variables: &'static [&'static str],
    /// Whether it has to be given.
    pub presence: Presence,
    /// Whether its value must never be printed.
    pub secret: bool,
    /// What its text looks like.
    pub kind: Kind,
}

/// Whether a field has to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Building fails without it.
    Required,
    /// Absent is a value of its own.
    Optional,
    /// This expression stands in when it is absent.
    Default(&'static str),
    /// Computed from the others; nobody can set it.
    Computed,
}

/// What the text of an option looks like; see [`FromEnv::KIND`](super::FromEnv::KIND).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// Any text.
    Text,
    /// `true` or `false`, `1` or `0`, `yes` or `no`, `on` or `off`.
    Boolean,
    /// A number.
    Number,
    /// A length of time such as `30s`.
    Duration,
    /// Texts separated by commas.
    List,
    /// A host name such as `acme.eu.auth0.com`.
    Domain,
    /// An absolute URL.
    Url,
    /// A shared secret for HMAC signatures.
    HmacSecret,
    /// A path in the file system.
    Path,
    /// Whatever the field's own parser says.
    Other,
}

impl Descriptor {
    /// The field of that name.
    ///
    /// ```
    /// # use auth_core::config::{Descriptor, Field, Kind, Presence};
    /// const DOMAIN: Field = Field {
    ///     name: "domain",
    ///     docs: "",
    ///     variables: &["ACME_DOMAIN"],
    ///     presence: Presence::Required,
    ///     secret: false,
    ///     kind: Kind::Domain,
    /// };
    /// let acme = Descriptor { name: "acme", type_name: "Acme", docs: "", fields: &[DOMAIN] };
    /// assert_eq!(acme.field("domain"), Some(&DOMAIN));
    /// assert_eq!(acme.field("audience"), None);
    /// ```
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The fields that somebody can set: all but the computed ones.
    pub fn options(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.fields.iter().filter(|field| field.presence != Presence::Computed)
    }
}

impl Field {
    /// The variables that may name a file with the value, as container platforms mount secrets: of
    /// a secret, each of its variables with `_FILE` behind it; of anything else, none.
    ///
    /// ```
    /// # use auth_core::config::{Field, Kind, Presence};
    /// let key = Field {
    ///     name: "api_key",
    ///     docs: "",
    ///     variables: &["ACME_KEY", "KEY"],
    ///     presence: Presence::Required,
    ///     secret: true,
    ///     kind: Kind::Text,
    /// };
    /// assert_eq!(key.file_variables(), ["ACME_KEY_FILE", "KEY_FILE"]);
    /// assert!(Field { secret: false, ..key }.file_variables().is_empty());
    /// ```
    pub fn file_variables(&self) -> Vec<String> {
        self.variables.iter().filter_map(|variable| self.file_variable(variable)).collect()
    }

    /// The one that accompanies `variable`.
    pub(super) fn file_variable(&self, variable: &str) -> Option<String> {
        self.secret.then(|| format!("{variable}_FILE"))
    }
}
