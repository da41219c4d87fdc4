//! What a struct with mistakes gets: the messages, and a skeleton of everything that the rest of
//! the user's program may mention, so that one mistake gives one message.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{WhereClause, parse_quote};

use super::{Scope, builder, debug, shared};
use crate::model::Provider;

/// The messages and the skeleton. Nothing in it ever runs.
pub(crate) fn skeleton(provider: &Provider<'_>, errors: &TokenStream) -> TokenStream {
    let scope = Scope::new(provider);
    // With a lifetime, nothing authenticates: no rule could be given a user.
    let borrows = provider.generics.lifetimes().next().is_some();
    let shared = if borrows { TokenStream::new() } else { shared::setters(&scope) };
    let beside = [builder::items(&scope), shared];
    let inside =
        [configure(&scope), authenticate(&scope), debug(&scope), debug::of_builder(&scope)];
    quote! {
        #errors
        #(#beside)*
        const _: () = {
            #(#inside)*
        };
    }
}

fn configure(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, private, .. } = scope;
    let (ident, builder) = (&scope.ident, scope.builder_type());
    let (impl_generics, type_generics, declared) = provider.generics.split_for_impl();
    let where_clause = where_it_is_usable(scope);
    let name = provider.type_name();
    quote! {
        impl #impl_generics #private::Configure for #ident #type_generics #where_clause {
            const DESCRIPTOR: &'static #private::Descriptor =
                &#private::Descriptor { name: "", type_name: #name, docs: "", fields: &[] };

            fn resolve(
                _: #private::Texts,
                _: &#private::Environment,
            ) -> ::core::result::Result<#private::Configured<Self>, #private::ConfigError> {
                ::core::unreachable!()
            }
        }

        impl #impl_generics #private::Assemble<#builder> for #ident #type_generics #declared {
            fn assemble(
                _: #builder,
                _: &#private::Environment,
            ) -> ::core::result::Result<#private::Configured<Self>, #private::ConfigError> {
                ::core::unreachable!()
            }
        }
    }
}

fn authenticate(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, private, .. } = scope;
    if provider.verifier().is_none() {
        return TokenStream::new();
    }
    let ident = &scope.ident;
    let (impl_generics, type_generics, _) = provider.generics.split_for_impl();
    let where_clause = where_it_is_usable(scope);
    quote! {
        impl #impl_generics #private::Authenticate for #ident #type_generics #where_clause {
            type User = #private::Claims;

            async fn authenticate(
                &self,
                _: &#private::Token<'_>,
                _: &#private::Request<'_>,
            ) -> ::core::result::Result<#private::Claims, #private::AuthError> {
                ::core::unreachable!()
            }
        }
    }
}

fn debug(scope: &Scope<'_>) -> TokenStream {
    let provider = scope.provider;
    if !provider.keys.debug || provider.derived_debug().is_some() {
        return TokenStream::new();
    }
    let ident = &scope.ident;
    let (impl_generics, type_generics, where_clause) = provider.generics.split_for_impl();
    quote! {
        impl #impl_generics ::core::fmt::Debug for #ident #type_generics #where_clause {
            fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::unreachable!()
            }
        }
    }
}

/// The struct's own bounds and those of the traits, believed rather than proved: what is wrong
/// with the struct has been said.
fn where_it_is_usable(scope: &Scope<'_>) -> WhereClause {
    let declared = scope.provider.generics.where_clause.clone();
    let mut clause = declared.unwrap_or_else(|| parse_quote!(where));
    let provider_type = scope.provider_type();
    clause.predicates.push(parse_quote! {
        for<'lazy> #provider_type: ::core::marker::Send + ::core::marker::Sync + 'static
    });
    clause
}
