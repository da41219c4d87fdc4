//! A provider's descriptor in the shape that is printed.
//!
//! In: a descriptor. Out: what its text and its JSON are made from. The JSON's names and order are
//! those of the fields here, and `describe --help` documents them: they stay. Next: `describe`.

use auth_core::config::{Descriptor, Field, Kind, Presence};
use serde::Serialize;

/// All that was asked for.
#[derive(Debug, Serialize)]
pub(crate) struct Described {
    version: u8,
    pub(crate) providers: Vec<DescribedProvider>,
}

/// A provider.
#[derive(Debug, Serialize)]
pub(crate) struct DescribedProvider {
    pub(crate) name: &'static str,
    #[serde(rename = "type")]
    pub(crate) type_name: &'static str,
    pub(crate) docs: &'static str,
    pub(crate) options: Vec<DescribedOption>,
}

/// An option of a provider.
#[derive(Debug, Serialize)]
pub(crate) struct DescribedOption {
    pub(crate) name: &'static str,
    pub(crate) docs: &'static str,
    pub(crate) variables: &'static [&'static str],
    pub(crate) file_variables: Vec<String>,
    pub(crate) presence: &'static str,
    pub(crate) default: Option<&'static str>,
    pub(crate) secret: bool,
    kind: Kind,
}

impl Described {
    pub(crate) fn of(descriptors: &[&'static Descriptor]) -> Self {
        let providers = descriptors.iter().map(|descriptor| DescribedProvider::of(descriptor));
        Self { version: 1, providers: providers.collect() }
    }
}

impl DescribedProvider {
    fn of(descriptor: &'static Descriptor) -> Self {
        Self {
            name: descriptor.name,
            type_name: descriptor.type_name,
            docs: descriptor.docs,
            options: descriptor.options().map(DescribedOption::of).collect(),
        }
    }
}

/// A default in words: that of a type, which the derive calls `default`, by what the type is.
const fn spelled(default: &'static str, kind: Kind) -> &'static str {
    match (default.as_bytes(), kind) {
        (b"default", Kind::Boolean) => "false",
        (b"default", Kind::Number) => "0",
        (b"default", Kind::List) => "empty",
        _ => default,
    }
}

impl DescribedOption {
    fn of(field: &'static Field) -> Self {
        let (presence, default) = match field.presence {
            Presence::Required => ("required", None),
            Presence::Optional => ("optional", None),
            Presence::Default(default) => ("default", Some(spelled(default, field.kind))),
            Presence::Computed => ("computed", None),
        };
        Self {
            name: field.name,
            docs: field.docs,
            variables: field.variables,
            file_variables: field.file_variables(),
            presence,
            default,
            secret: field.secret,
            kind: field.kind,
        }
    }

    /// Each variable, and for a secret the one beside it that names a file, in the order in which
    /// they are tried.
    pub(crate) fn sources(&self) -> Vec<&str> {
        let files = self.file_variables.iter().map(|file| Some(file.as_str()));
        let files = files.chain(std::iter::repeat(None));
        let pairs = self.variables.iter().zip(files);
        pairs.flat_map(|(variable, file)| std::iter::once(*variable).chain(file)).collect()
    }
}
