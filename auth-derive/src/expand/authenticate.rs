//! `impl Authenticate`, where a field verifies, and the proof that there is one, where none does.

use proc_macro2::TokenStream;
use quote::quote;

use super::Scope;

/// Delegates to the field with `verify`; a provider without one writes the impl by hand.
pub(super) fn implementation(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, private, .. } = scope;
    let Some(field) = provider.verifier() else { return TokenStream::new() };
    let (verifier, ident) = (field.ident, provider.ident);
    let (impl_generics, type_generics, where_clause) = provider.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::Authenticate for #ident #type_generics #where_clause {
            type User = #private::Claims;

            async fn authenticate(
                &self,
                token: &#private::Token<'_>,
                _: &#private::Request<'_>,
            ) -> ::core::result::Result<#private::Claims, #private::AuthError> {
                self.#verifier.verify(token).await
            }

            fn verifier(&self) -> ::core::option::Option<&#private::Verifier> {
                ::core::option::Option::Some(&self.#verifier)
            }
        }
    }
}

/// Registers the provider, which proves that it authenticates; or only proves it.
///
/// A generic struct is proved where it is used: its impl may ask more of the parameters.
pub(super) fn registration(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, krate, private, .. } = scope;
    let ident = provider.ident;
    if provider.keys.register {
        quote!(#krate::__register!(#ident);)
    } else if provider.is_generic() {
        TokenStream::new()
    } else {
        quote!(const _: () = #private::assert_authenticate::<#ident>();)
    }
}
