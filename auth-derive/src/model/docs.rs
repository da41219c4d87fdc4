//! Documentation: doc comments in, their text and the attributes themselves out. Next: `field`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, Lit, Meta};

/// The doc comments of a struct or field.
pub(crate) struct Docs {
    attributes: Vec<Attribute>,
}

impl Docs {
    pub(crate) fn read(attributes: &[Attribute]) -> Self {
        let is_docs = |attribute: &&Attribute| line(attribute).is_some();
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

    /// The comments for an item made from the documented one, or one line in their place.
    pub(crate) fn or(&self, instead: &str) -> TokenStream {
        if self.attributes.is_empty() {
            quote!(#[doc = #instead])
        } else {
            self.attributes.iter().map(ToTokens::to_token_stream).collect()
        }
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
