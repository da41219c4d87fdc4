//! Documentation: doc comments in, their text and the attributes themselves out. Next: `field`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, Lit, Meta};

/// What `#[doc ..]` says on a struct or field: comments, included files, `hidden`, `alias`.
pub(crate) struct Docs {
    attributes: Vec<Attribute>,
}

impl Docs {
    pub(crate) fn read(attributes: &[Attribute]) -> Self {
        let is_docs = |attribute: &&Attribute| attribute.path().is_ident("doc");
        Self { attributes: attributes.iter().filter(is_docs).cloned().collect() }
    }

    /// The text, for the descriptor.
    pub(crate) fn text(&self) -> String {
        let lines: Vec<_> = self.attributes.iter().filter_map(line).collect();
        lines.join("\n").trim().to_owned()
    }

    /// The first attribute whose text says `phrase`.
    pub(crate) fn find(&self, phrase: &str) -> Option<&Attribute> {
        self.attributes
            .iter()
            .find(|attribute| line(attribute).is_some_and(|line| line.contains(phrase)))
    }

    /// The attributes for an item made from the documented one, with one line in place of a text
    /// that is missing.
    pub(crate) fn or(&self, instead: &str) -> TokenStream {
        let is_text = |attribute: &Attribute| matches!(attribute.meta, Meta::NameValue(_));
        let instead = (!self.attributes.iter().any(is_text)).then(|| quote!(#[doc = #instead]));
        let attributes = &self.attributes;
        quote!(#instead #(#attributes)*)
    }
}

/// The text of one doc comment, without the space behind its slashes.
fn line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    let Expr::Lit(value) = &pair.value else { return None };
    match &value.lit {
        Lit::Str(text) if pair.path.is_ident("doc") => {
            let text = text.value();
            Some(text.strip_prefix(' ').unwrap_or(&text).to_owned())
        }
        _ => None,
    }
}
