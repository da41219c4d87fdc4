//! The setters that every builder has: options by name, its own name, open paths, the application's
//! own rule. Next: `assemble`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, WhereClause, parse_quote};

use super::Scope;

pub(super) fn setters(scope: &Scope<'_>) -> TokenStream {
    let (by_name, plain, ruling) = (by_name(scope), plain(scope), ruling(scope));
    quote!(#by_name #plain #ruling)
}

/// Every option of the provider's own, for applications with a configuration file.
fn by_name(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, builder, .. } = scope;
    let visibility = provider.visibility;
    let (impl_generics, type_generics, where_clause) = provider.generics.split_for_impl();
    quote! {
        impl #impl_generics #builder #type_generics #where_clause {
            /// Sets an option by its name from text, read exactly as its variable would be: for
            /// applications with a configuration file.
            ///
            /// It ranks with the setters, before every variable. What is wrong with it, an unknown
            /// name or a blank text, joins the report of `build()`.
            #visibility fn set(
                mut self,
                option: impl ::core::convert::Into<::std::string::String>,
                text: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                self.__options.set(option, text);
                self
            }
        }
    }
}

/// Those that need to know nothing about the provider's users.
fn plain(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, builder, .. } = scope;
    let visibility = provider.visibility;
    let (impl_generics, type_generics, where_clause) = provider.generics.split_for_impl();
    let pattern = fresh(scope, "S");
    quote! {
        impl #impl_generics #builder #type_generics #where_clause {
            /// Another name for logs, where several providers of one kind stand side by side.
            #visibility fn name(
                mut self,
                name: impl ::core::convert::Into<::std::borrow::Cow<'static, str>>,
            ) -> Self {
                self.__options.name(name);
                self
            }

            /// Paths that need no user, such as `/health` or `/assets/*`.
            #visibility fn public<#pattern: ::core::convert::AsRef<str>>(
                mut self,
                patterns: impl ::core::iter::IntoIterator<Item = #pattern>,
            ) -> Self {
                self.__options.public(patterns);
                self
            }

            /// Paths that need a user although a public pattern matches them.
            #visibility fn protected<#pattern: ::core::convert::AsRef<str>>(
                mut self,
                patterns: impl ::core::iter::IntoIterator<Item = #pattern>,
            ) -> Self {
                self.__options.protected(patterns);
                self
            }
        }
    }
}

/// Those that are given a user.
fn ruling(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, private, builder, .. } = scope;
    let (impl_generics, type_generics, _) = provider.generics.split_for_impl();
    let where_clause = where_it_authenticates(scope);
    let provider_type = scope.provider_type();
    let user = quote!(<#provider_type as #private::Authenticate>::User);
    let (authorize, map) = (authorize(scope, &user), map(scope, &user));
    quote! {
        impl #impl_generics #builder #type_generics #where_clause {
            #authorize
            #map
        }
    }
}

fn authorize(scope: &Scope<'_>, user: &TokenStream) -> TokenStream {
    let Scope { provider, private, .. } = scope;
    let visibility = provider.visibility;
    let (rule, answer) = (fresh(scope, "F"), fresh(scope, "R"));
    quote! {
        /// Replaces the provider's rule: who may do what, once it is known who is calling.
        #visibility fn authorize_user<#rule, #answer>(mut self, rule: #rule) -> Self
        where
            #rule: ::core::ops::Fn(&#user, &#private::Request<'_>) -> #answer
                + ::core::marker::Send + ::core::marker::Sync + 'static,
            #answer: #private::IntoAccess,
        {
            self.__options.authorize_user(rule);
            self
        }

        /// As `authorize_user`, for a rule that has to wait for something.
        #visibility fn authorize_user_async<#rule, #answer>(mut self, rule: #rule) -> Self
        where
            #rule: for<'request> ::core::ops::Fn(
                    &'request #user,
                    &'request #private::Request<'request>,
                ) -> #private::BoxFuture<'request, #answer>
                + ::core::marker::Send + ::core::marker::Sync + 'static,
            #answer: #private::IntoAccess + 'static,
        {
            self.__options.authorize_user_async(rule);
            self
        }
    }
}

fn map(scope: &Scope<'_>, user: &TokenStream) -> TokenStream {
    let visibility = scope.provider.visibility;
    let (map, id) = (fresh(scope, "F"), fresh(scope, "R"));
    quote! {
        /// Says which id the application stores a user's data under, in place of the subject.
        #visibility fn map_user_to_resource_id<#map, #id>(mut self, map: #map) -> Self
        where
            #map: ::core::ops::Fn(&#user) -> #id
                + ::core::marker::Send + ::core::marker::Sync + 'static,
            #id: ::core::convert::Into<::core::option::Option<::std::string::String>>,
        {
            self.__options.map_user_to_resource_id(map);
            self
        }
    }
}

/// The struct's own bounds, and that it authenticates.
///
/// Quantified over a lifetime that nothing uses, the bound is believed here and proved where a
/// setter is called. A struct without the `impl` is then told so once, at its name, instead of
/// once more for every bound.
fn where_it_authenticates(scope: &Scope<'_>) -> Option<WhereClause> {
    let declared = scope.provider.generics.where_clause.clone();
    if scope.provider.verifier().is_some() {
        return declared;
    }
    let (provider_type, private) = (scope.provider_type(), &scope.private);
    let mut clause = declared.unwrap_or_else(|| parse_quote!(where));
    clause.predicates.push(parse_quote!(for<'lazy> #provider_type: #private::Authenticate));
    Some(clause)
}

/// The name of a parameter that the struct has not taken.
fn fresh(scope: &Scope<'_>, name: &str) -> Ident {
    let taken: Vec<_> = scope.provider.generics.type_params().map(|taken| &taken.ident).collect();
    let mut fresh = format_ident!("{name}");
    while taken.contains(&&fresh) {
        fresh = format_ident!("{fresh}_");
    }
    fresh
}
