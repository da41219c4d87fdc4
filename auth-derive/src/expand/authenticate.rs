//! `impl Authenticate`, where a field verifies, and the proof that there is one, where none does.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{Scope, at};
use crate::model::{Field, mentions};

/// Delegates to the field with `verify`; a provider without one writes the impl by hand.
pub(super) fn implementation(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, private, .. } = scope;
    let Some(field) = provider.verifier() else { return TokenStream::new() };
    let (verifier, ident) = (field.ident, &scope.ident);
    let (impl_generics, type_generics, where_clause) = provider.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::Authenticate for #ident #type_generics #where_clause {
            type User = #private::Claims;

            fn authenticate(
                &self,
                token: &#private::Token<'_>,
                request: &#private::Request<'_>,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<#private::Claims, #private::AuthError>,
            > + ::core::marker::Send {
                #private::verify(&self.#verifier, token, request)
            }

            fn verifier(&self) -> ::core::option::Option<&#private::Verifier> {
                ::core::option::Option::Some(&self.#verifier)
            }
        }
    }
}

/// Registers the provider, and proves that it is one.
pub(super) fn registration(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, krate, .. } = scope;
    let (ident, proof) = (&scope.ident, proof(scope));
    let entry = provider.keys.register.then(|| quote!(#krate::__register!(#ident);));
    let remedies = provider.fields.iter().filter_map(remedy);
    quote!(#proof #entry #(#remedies)*)
}

/// That a field cannot be shared by threads is for rustc to find; of this type it says no remedy.
///
/// It stands beside the code instead of in its place: without that, more would be missed.
fn remedy(field: &Field<'_>) -> Option<TokenStream> {
    const TEXT: &str =
        "`Rc` counts without regard to threads, and a provider is shared by them: use `Arc`";
    let is_counted = mentions(field.ty, |word| word == "Rc");
    is_counted.then(|| quote_spanned!(at(field.ty)=> ::core::compile_error!(#TEXT);))
}

/// That the provider authenticates; where that is our doing, the `impl` is the proof.
///
/// A generic struct is proved where it is used: its impl may ask more of the parameters.
fn proof(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, private, .. } = scope;
    if provider.is_generic() || provider.verifier().is_some() {
        return TokenStream::new();
    }
    // The user's own token, so that the message is about their struct and not about a derive.
    let ident = provider.ident;
    quote! {
        #[allow(deprecated, reason = "to name a deprecated struct is its derive's business")]
        const _: () = #private::assert_authenticate::<#ident>();
    }
}
