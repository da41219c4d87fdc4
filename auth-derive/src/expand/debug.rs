//! `impl Debug` for the struct and its builder, neither of which ever prints a secret.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{WherePredicate, parse_quote};

use super::{Scope, at};
use crate::model::{Field, mentions};

pub(super) fn of_provider(scope: &Scope<'_>) -> TokenStream {
    let provider = scope.provider;
    if !provider.keys.debug {
        return TokenStream::new();
    }
    let (ident, name) = (&scope.ident, provider.type_name());
    let mut generics = provider.generics.clone();
    generics.make_where_clause().predicates.extend(bounds(scope));
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let fields = provider.fields.iter().enumerate().map(|(index, field)| {
        let (name, value) = (field.name(), shown(scope, index, field));
        quote!(.field(#name, #value))
    });
    quote! {
        #[automatically_derived]
        impl #impl_generics ::core::fmt::Debug for #ident #type_generics #where_clause {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.debug_struct(#name) #(#fields)* .finish()
            }
        }
    }
}

/// Says of each option whether it was set, never to what.
pub(super) fn of_builder(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, builder, .. } = scope;
    let name = builder.to_string();
    let (impl_generics, type_generics, where_clause) = provider.generics.split_for_impl();
    let fields = provider.options().map(|field| {
        let (name, ident) = (field.name(), field.ident);
        quote!(.field(#name, &self.__options.given(#name, &self.#ident)))
    });
    quote! {
        #[automatically_derived]
        impl #impl_generics ::core::fmt::Debug for #builder #type_generics #where_clause {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.debug_struct(#name) #(#fields)* .finish()
            }
        }
    }
}

/// What a field prints. What only its type can tell, the descriptor knows.
fn shown(scope: &Scope<'_>, index: usize, field: &Field<'_>) -> TokenStream {
    let private = &scope.private;
    if field.is_secret() {
        return quote!(&#private::Redacted);
    }
    // A type that cannot be printed is underlined itself.
    let span = at(field.ty);
    let mut ident = field.ident.clone();
    ident.set_span(span);
    let value = quote_spanned!(span=> &self.#ident);
    if field.reads_from_env() {
        let descriptor = quote!(<Self as #private::Configure>::DESCRIPTOR);
        quote!(#private::shown(#descriptor.fields[#index].secret, #value))
    } else {
        value
    }
}

/// A field whose type depends on a parameter prints if that type does.
fn bounds(scope: &Scope<'_>) -> Vec<WherePredicate> {
    let generics = scope.provider.generics;
    let depends = |field: &&Field<'_>| {
        mentions(field.ty, |word| generics.type_params().any(|parameter| parameter.ident == *word))
    };
    let printed = scope.provider.fields.iter().filter(|field| !field.is_secret());
    printed
        .filter(depends)
        .map(|field| {
            let ty = field.ty;
            parse_quote!(#ty: ::core::fmt::Debug)
        })
        .collect()
}
