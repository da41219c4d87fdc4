//! What a struct says about its provider: syntax in, a [`Provider`] out.
//!
//! Each key is judged by itself here; what one key means for another is in `check`. A value that
//! is wrong is reported and replaced by a stand-in of the right type, so the model is always
//! whole. Read [`Provider`] first, then `field`, then `value`. Next: `check`.

mod docs;
mod field;
mod value;

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::{Attribute, Data, DataStruct, DeriveInput, Fields, Generics, Ident, Path, Visibility};

use crate::diagnostics::Ctxt;
use crate::grammar::{Entry, Place, entries};
use crate::spelling::kebab;

pub(crate) use docs::Docs;
pub(crate) use field::{Field, Given, Presence, mentions};

/// A struct with `#[derive(AuthProvider)]`.
pub(crate) struct Provider<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) visibility: &'a Visibility,
    pub(crate) generics: &'a Generics,
    pub(crate) attributes: &'a [Attribute],
    pub(crate) docs: Docs,
    pub(crate) keys: ProviderKeys,
    pub(crate) fields: Vec<Field<'a>>,
}

/// What `#[auth(..)]` on the struct says.
pub(crate) struct ProviderKeys {
    /// `name = "auth0"`.
    pub(crate) name: Option<String>,
    /// `check = path`.
    pub(crate) check: Option<Path>,
    /// Not `register = false`.
    pub(crate) register: bool,
    /// Not `debug = false`.
    pub(crate) debug: bool,
    /// `crate = path`.
    pub(crate) krate: Option<Path>,
}

impl<'a> Provider<'a> {
    /// Reads a struct. Whatever is wrong is noted in `cx`, and what can be read is read.
    pub(crate) fn read(input: &'a DeriveInput, cx: &Ctxt) -> Self {
        Self {
            ident: &input.ident,
            visibility: &input.vis,
            generics: &input.generics,
            attributes: &input.attrs,
            docs: Docs::read(&input.attrs),
            keys: ProviderKeys::read(&input.attrs, cx),
            fields: read_fields(input, cx),
        }
    }

    /// The name in kebab-case; blank only after a mistake.
    pub(crate) fn name(&self) -> &str {
        self.keys.name.as_deref().unwrap_or_default()
    }

    /// The struct's name as it is written in a sentence.
    pub(crate) fn type_name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// The fields that somebody can set.
    pub(crate) fn options(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| field.computed().is_none() && !field.is_hidden_one())
    }

    /// The field that `verify` makes the verifier.
    pub(crate) fn verifier(&self) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.keys.verify.is_some())
    }

    /// `Debug` in a `derive` of its own below ours; others are not shown to a derive.
    pub(crate) fn derived_debug(&self) -> Option<TokenTree> {
        let derives = self.attributes.iter().filter(|other| other.path().is_ident("derive"));
        derives
            .filter_map(|derive| derive.meta.require_list().ok())
            .flat_map(|list| list.tokens.clone())
            .find(|token| matches!(token, TokenTree::Ident(word) if word == "Debug"))
    }

    /// Whether the struct has parameters of any kind.
    pub(crate) fn is_generic(&self) -> bool {
        !self.generics.params.is_empty()
    }
}

impl ProviderKeys {
    fn read(attributes: &[Attribute], cx: &Ctxt) -> Self {
        let mut keys = Self { name: None, check: None, register: true, debug: true, krate: None };
        for entry in &entries(attributes, Place::Struct, cx) {
            match entry.key.to_string().as_str() {
                "name" => keys.name = Some(read_name(entry, cx)),
                "check" => keys.check = Some(value::path(entry, "Self::check", cx)),
                "register" => keys.register = value::opt_out(entry, cx),
                "debug" => keys.debug = value::opt_out(entry, cx),
                _ => keys.krate = Some(read_crate(entry, cx)),
            }
        }
        keys
    }
}

fn read_name(entry: &Entry, cx: &Ctxt) -> String {
    let Some(literal) = value::text(entry, "auth0", cx) else { return String::new() };
    let name = literal.value();
    let kebab = kebab(&name);
    if name.is_empty() {
        cx.error(&literal, "`name` is empty: write what logs call this provider, like `\"auth0\"`");
    } else if !name.starts_with(|first: char| first.is_ascii_lowercase()) || name != kebab {
        let instead = if kebab.starts_with(|first: char| first.is_ascii_lowercase()) {
            format!("write `\"{kebab}\"`")
        } else {
            "begin with a letter".to_owned()
        };
        cx.error(&literal, format!("`{name}` is not in kebab-case: {instead}"));
    }
    name
}

fn read_crate(entry: &Entry, cx: &Ctxt) -> Path {
    let path = value::path(entry, "::auth_core", cx);
    let first = path.segments.first().map(|segment| &segment.ident);
    let absolute = path.leading_colon.is_some() || first.is_some_and(|first| first == "crate");
    if !absolute && !value::is_stand_in(&path) {
        cx.error(
            &path,
            "`crate` takes a path that means the same everywhere: write `::name` for a crate, \
             `crate::path` for a re-export",
        );
    }
    path
}

fn read_fields<'a>(input: &'a DeriveInput, cx: &Ctxt) -> Vec<Field<'a>> {
    let name = &input.ident;
    match &input.data {
        Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) => {
            fields.named.iter().filter_map(|field| Field::read(field, cx)).collect()
        }
        Data::Struct(DataStruct { fields: Fields::Unit, .. }) => Vec::new(),
        Data::Struct(DataStruct { fields: Fields::Unnamed(fields), .. }) => {
            cx.error(
                fields,
                format!(
                    "the fields of `{name}` have no names: an option is set by its name, so \
                         write `struct {name} {{ .. }}`"
                ),
            );
            Vec::new()
        }
        Data::Enum(data) => {
            cx.error(
                data.enum_token,
                format!(
                    "`{name}` is an enum: derive each provider on a struct of its own, and \
                         give them one type with `Configured::into_any`"
                ),
            );
            Vec::new()
        }
        Data::Union(data) => {
            cx.error(data.union_token, format!("`{name}` is a union: write a struct"));
            Vec::new()
        }
    }
}
