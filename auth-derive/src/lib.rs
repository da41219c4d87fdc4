#![doc = include_str!("lib.md")]
//!
//! # Reading the source
//!
//! In: the tokens of a struct. Out: the tokens that stand beside it. A struct passes through the
//! modules in this order; none stops at a mistake, each notes what it finds in a `Ctxt`:
//!
//! 1. `grammar` splits `#[auth(..)]` into keys and values;
//! 2. `model` gives each key its meaning, one struct and one field at a time;
//! 3. `check` holds the rules that concern several keys or several fields;
//! 4. `expand` writes the code, or, after a mistake, a skeleton (`expand::fallback`).
//!
//! `diagnostics` says what a mistake looks like, `spelling` what was probably meant,
//! `source_text` what the source looked like. Start at
//! `derive`, below.

mod check;
mod diagnostics;
mod expand;
#[cfg(test)]
mod golden;
mod grammar;
mod model;
mod source_text;
mod spelling;

use proc_macro2::TokenStream;
use syn::{DeriveInput, parse_macro_input};

use crate::diagnostics::Ctxt;
use crate::model::Provider;

/// Writes a provider's configuration: `Configure`, a builder, a redacting `Debug`, and the
/// registration for a harness. The [crate's documentation](crate) holds the grammar.
#[proc_macro_derive(AuthProvider, attributes(auth))]
pub fn derive_auth_provider(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive(&parse_macro_input!(input as DeriveInput)).into()
}

fn derive(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::new();
    let provider = Provider::read(input, &cx);
    check::all(&provider, &cx);
    match cx.finish() {
        Ok(()) => expand::provider(&provider),
        Err(errors) => expand::skeleton(&provider, &errors),
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::derive;

    #[test]
    fn mentions_no_crate_but_the_one_that_was_named() {
        let tokens = derive(&parse_quote! {
            #[auth(name = "acme", crate = ::renamed)]
            struct Acme {
                #[auth(env = "ACME_DOMAIN", default)]
                domain: String,
                #[auth(verify = Verifier::remote(domain))]
                verifier: Verifier,
            }
        });
        let text = tokens.to_string();
        assert!(text.contains(":: renamed :: private") && !text.contains("auth_core"), "{text}");
    }

    #[test]
    fn documents_a_setter_with_what_happens_without_it() {
        let tokens = derive(&parse_quote! {
            #[auth(name = "acme")]
            struct Acme {
                /// Tenant domain.
                #[auth(env = ["ACME_DOMAIN", "DOMAIN"])]
                domain: String,
                #[auth(default = Duration::from_secs(5))]
                leeway: Duration,
                limit: Option<u8>,
            }
        });
        let text = tokens.to_string();
        for docs in [
            r#"" Tenant domain.""#,
            r#""_Required._ Falls back to `ACME_DOMAIN`, then `DOMAIN`.""#,
            r#""Sets `leeway`.""#,
            r#""_Default: `Duration::from_secs(5)`._""#,
            r#""_Optional._""#,
        ] {
            assert!(text.contains(docs), "{docs} in {text}");
        }
    }
}
