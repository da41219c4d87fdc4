//! `impl Configure`: the descriptor, one constant that every text about the provider is made from.
//! Next: `assemble`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Scope, readable};
use crate::model::{Field, Presence};
use crate::source_text::source_text;

pub(super) fn implementation(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, private, .. } = scope;
    let (name, type_name, docs) = (provider.name(), provider.type_name(), provider.docs.text());
    let fields = provider.fields.iter().map(|field| descriptor(scope, field));
    let ident = &scope.ident;
    let (impl_generics, type_generics, where_clause) = provider.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::Configure for #ident #type_generics #where_clause {
            const DESCRIPTOR: &'static #private::Descriptor = &#private::Descriptor {
                name: #name,
                type_name: #type_name,
                docs: #docs,
                fields: &[#(#fields),*],
            };

            fn resolve(
                texts: #private::Texts,
                environment: &#private::Environment,
            ) -> ::core::result::Result<#private::Configured<Self>, #private::ConfigError> {
                let mut builder = Self::builder();
                builder.__options.set_all(texts);
                builder.build_in(environment)
            }
        }
    }
}

fn descriptor(scope: &Scope<'_>, field: &Field<'_>) -> TokenStream {
    let private = &scope.private;
    let (name, docs, variables) = (field.name(), field.docs.text(), field.variables());
    let presence = presence(field);
    let readable = readable(scope, field);
    let of_type = field.reads_from_env();
    // A type that says so itself is a secret whatever the attribute says.
    let secret = if of_type && !field.is_secret() {
        quote!(#readable::SECRET)
    } else {
        let secret = field.is_secret();
        quote!(#secret)
    };
    let kind = if of_type { quote!(#readable::KIND) } else { quote!(#private::Kind::Other) };
    quote! {
        #private::Field {
            name: #name,
            docs: #docs,
            variables: &[#(#variables),*],
            presence: #private::Presence::#presence,
            secret: #secret,
            kind: #kind,
        }
    }
}

fn presence(field: &Field<'_>) -> TokenStream {
    match field.presence() {
        Presence::Required => quote!(Required),
        Presence::Optional => quote!(Optional),
        Presence::Computed => quote!(Computed),
        Presence::Default(default) => {
            let text = default.map_or_else(|| "default".to_owned(), source_text);
            quote!(Default(#text))
        }
    }
}
