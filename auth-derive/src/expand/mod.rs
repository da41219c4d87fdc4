//! The code that a derive writes: a [`Provider`] in, the tokens beside it out.
//!
//! The builder stands beside the struct, because users name it; every `impl` of a trait stands
//! inside `const _`, where nothing can see or be seen by accident. Every path begins at the root,
//! and every local is hygienic, so that neither a field nor a module of the user's can shadow
//! them. Read `builder`, then `assemble`, which turns a builder into a provider.

mod assemble;
mod authenticate;
mod builder;
mod configure;
mod debug;
mod fallback;
mod shared;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use crate::model::{Field, Provider};

pub(crate) use fallback::skeleton;

/// What every part of the expansion needs.
struct Scope<'a> {
    provider: &'a Provider<'a>,
    /// The struct's name, as generated code: that a struct is deprecated is no news to its derive.
    ident: Ident,
    /// `::auth_core`, or what `crate = ..` says.
    krate: TokenStream,
    /// `::auth_core::private`.
    private: TokenStream,
    /// `Auth0Builder`.
    builder: Ident,
}

/// Everything that a struct without mistakes gets.
pub(crate) fn provider(provider: &Provider<'_>) -> TokenStream {
    let scope = Scope::new(provider);
    let beside = [builder::items(&scope), shared::setters(&scope)];
    let inside = [
        configure::implementation(&scope),
        assemble::implementation(&scope),
        authenticate::implementation(&scope),
        debug::of_provider(&scope),
        debug::of_builder(&scope),
        authenticate::registration(&scope),
    ];
    quote! {
        #(#beside)*
        const _: () = {
            #(#inside)*
        };
    }
}

impl<'a> Scope<'a> {
    fn new(provider: &'a Provider<'a>) -> Self {
        let krate = provider.keys.krate.as_ref();
        let krate = krate.map_or_else(|| quote!(::auth_core), ToTokens::to_token_stream);
        let mut ident = provider.ident.clone();
        ident.set_span(at(provider.ident));
        Self {
            provider,
            ident,
            private: quote!(#krate::private),
            krate,
            builder: format_ident!("{}Builder", provider.ident.unraw()),
        }
    }

    /// The struct with its parameters, as a type.
    fn provider_type(&self) -> TokenStream {
        let ident = &self.ident;
        let (_, type_generics, _) = self.provider.generics.split_for_impl();
        quote!(#ident #type_generics)
    }

    /// The builder with its parameters, as a type.
    fn builder_type(&self) -> TokenStream {
        let builder = &self.builder;
        let (_, type_generics, _) = self.provider.generics.split_for_impl();
        quote!(#builder #type_generics)
    }
}

/// A local that no expression of the user's can see.
fn hidden(name: &str, index: usize) -> Ident {
    Ident::new(&format!("{name}_{index}"), Span::mixed_site())
}

/// Where rustc's messages about generated code should point: at a token of the user's, in code that
/// lints and tools still know to be generated.
fn at(token: &impl Spanned) -> Span {
    Span::call_site().located_at(token.span())
}

/// `<T as FromEnv>`, pointing at the field's type: that is what lacks the `impl`.
fn readable(scope: &Scope<'_>, field: &Field<'_>) -> TokenStream {
    let (private, ty) = (&scope.private, field.value_type());
    quote_spanned!(at(ty)=> <#ty as #private::FromEnv>)
}
