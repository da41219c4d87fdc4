//! `Auth0Builder`: a struct of slots, a setter an option, and the three ways to build. Next:
//! `shared`, the setters that every builder has.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, LitStr};

use super::{Scope, at};
use crate::model::{Field, Presence};
use crate::source_text::source_text;

pub(super) fn items(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, private, builder, .. } = scope;
    let visibility = provider.visibility;
    let (generics, where_clause) = (provider.generics, &provider.generics.where_clause);
    let (fields, types) = slots(scope);
    let provider_type = scope.provider_type();
    let docs = format!(
        "Configures and builds [`{0}`]. What is not set here comes from the environment.",
        provider.type_name()
    );
    let entry = entry_points(scope);
    let setters = setters(scope);
    quote! {
        #[doc = #docs]
        #[must_use = "a builder does nothing until `.build()`"]
        #visibility struct #builder #generics #where_clause {
            #(#fields: #private::Slot<#types>,)*
            __options: #private::Options<#provider_type>,
        }
        #entry
        #setters
    }
}

/// `Auth0::builder()` and `Auth0::from_env()`.
fn entry_points(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, private, builder, .. } = scope;
    let (visibility, ident) = (provider.visibility, &scope.ident);
    let (impl_generics, type_generics, where_clause) = provider.generics.split_for_impl();
    let (fields, _) = slots(scope);
    quote! {
        impl #impl_generics #ident #type_generics #where_clause {
            /// Starts with nothing set: `build()` takes what is missing from the environment.
            #visibility fn builder() -> #builder #type_generics {
                #builder {
                    #(#fields: #private::Slot::empty(),)*
                    __options: #private::Options::new(),
                }
            }

            /// Builds the provider with every option taken from the variables of this process.
            ///
            /// # Errors
            ///
            /// One error that names everything that is wrong.
            #visibility fn from_env()
            -> ::core::result::Result<#private::Configured<Self>, #private::ConfigError> {
                Self::builder().build()
            }
        }
    }
}

fn setters(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, private, builder, .. } = scope;
    let visibility = provider.visibility;
    let provider_type = scope.provider_type();
    let (impl_generics, type_generics, where_clause) = provider.generics.split_for_impl();
    let setters =
        provider.options().filter(|field| !field.collides()).map(|field| setter(scope, field));
    quote! {
        impl #impl_generics #builder #type_generics #where_clause {
            #(#setters)*

            /// Builds the provider; options that were not set come from the variables of this
            /// process.
            ///
            /// # Errors
            ///
            /// One error that names everything that is wrong.
            #visibility fn build(self)
            -> ::core::result::Result<#private::Configured<#provider_type>, #private::ConfigError> {
                self.build_in(&#private::Environment::process())
            }

            /// Builds the provider with the variables, the HTTP client and the clock of
            /// `environment`.
            ///
            /// # Errors
            ///
            /// One error that names everything that is wrong.
            #visibility fn build_in(self, environment: &#private::Environment)
            -> ::core::result::Result<#private::Configured<#provider_type>, #private::ConfigError> {
                <#provider_type as #private::Assemble<Self>>::assemble(self, environment)
            }
        }
    }
}

fn setter(scope: &Scope<'_>, field: &Field<'_>) -> TokenStream {
    let visibility = scope.provider.visibility;
    let (ident, ty) = (field.ident, field.value_type());
    let docs = field.docs.or(&format!("Sets `{}`.", field.name()));
    let (remark, deprecated) = (remark(field), field.deprecated);
    let mut setter = ident.clone();
    setter.set_span(at(ident));
    quote! {
        #docs
        #[doc = ""]
        #[doc = #remark]
        #deprecated
        #visibility fn #setter(
            mut self,
            value: impl ::core::convert::TryInto<#ty, Error: ::core::fmt::Display + 'static>,
        ) -> Self {
            self.#ident.set(value);
            self
        }
    }
}

/// What happens when nobody calls the setter.
fn remark(field: &Field<'_>) -> String {
    let presence = match field.presence() {
        Presence::Default(None) => "_Default: that of its type._".to_owned(),
        Presence::Default(Some(default)) => format!("_Default: `{}`._", source_text(default)),
        Presence::Optional => "_Optional._".to_owned(),
        Presence::Required | Presence::Computed => "_Required._".to_owned(),
    };
    let variables: Vec<_> = field.variables().iter().map(|name| fallback(field, name)).collect();
    if variables.is_empty() {
        return presence;
    }
    format!("{presence} Falls back to {}.", variables.join(", then "))
}

/// One variable, and the one that may name a file in its place.
fn fallback(field: &Field<'_>, variable: &LitStr) -> String {
    let name = variable.value();
    if field.is_secret() {
        format!("`{name}`, then the file named by `{name}_FILE`")
    } else {
        format!("`{name}`")
    }
}

/// The names of the builder's fields and the types that their setters take.
fn slots<'a>(scope: &Scope<'a>) -> (Vec<&'a Ident>, Vec<&'a syn::Type>) {
    scope.provider.options().map(|field| (field.ident, field.value_type())).unzip()
}
