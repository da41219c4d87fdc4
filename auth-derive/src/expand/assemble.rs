//! From a builder to a provider: every option first, whatever is wrong with the others; then what
//! is computed from them; then the rule across fields. Next: `debug`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, ExprLit, Ident, Lit};

use super::{Scope, at, hidden, readable};
use crate::model::{Field, Given, Presence};

/// The locals of the generated function, which no expression of the user's can see.
struct Locals {
    builder: Ident,
    environment: Ident,
    resolver: Ident,
    provider: Ident,
}

pub(super) fn implementation(scope: &Scope<'_>) -> TokenStream {
    let Scope { provider, private, .. } = scope;
    let locals = Locals::new();
    let Locals { builder, environment, resolver, .. } = &locals;
    let (builder_type, ident) = (scope.builder_type(), &scope.ident);
    let (impl_generics, type_generics, where_clause) = provider.generics.split_for_impl();
    let options = options(scope, &locals);
    let computed = provider.fields.iter().enumerate().filter_map(|(index, field)| {
        field.computed().map(|given| computed(scope, &locals, (index, field, given)))
    });
    let end = end(scope, &locals);
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::Assemble<#builder_type> for #ident #type_generics
        #where_clause
        {
            fn assemble(
                mut #builder: #builder_type,
                #environment: &#private::Environment,
            ) -> ::core::result::Result<#private::Configured<Self>, #private::ConfigError> {
                let mut #resolver = #private::Resolver::new(
                    <Self as #private::Configure>::DESCRIPTOR,
                    #environment,
                );
                #resolver.options(&mut #builder.__options);
                #options
                #(#computed)*
                #end
            }
        }
    }
}

impl Locals {
    fn new() -> Self {
        let local = |name| Ident::new(name, Span::mixed_site());
        Self {
            builder: local("builder"),
            environment: local("environment"),
            resolver: local("resolver"),
            provider: local("provider"),
        }
    }
}

/// Resolves every option before anything is judged.
fn options(scope: &Scope<'_>, locals: &Locals) -> TokenStream {
    let resolver = &locals.resolver;
    let mut steps = Vec::new();
    let (mut names, mut patterns) = (Vec::new(), Vec::new());
    for (index, field) in scope.provider.fields.iter().enumerate() {
        if field.computed().is_none() {
            let name = value(index);
            steps.push(option(scope, locals, index, field));
            // Absent is a value of its own; what is wrong has been noted.
            let may_be_absent = matches!(field.presence(), Presence::Optional);
            patterns.push(if may_be_absent {
                quote!(#name)
            } else {
                quote!(::core::option::Option::Some(#name))
            });
            names.push(name);
        }
    }
    quote! {
        #(#steps)*
        let (true, #(#patterns,)*) = (#resolver.is_clean(), #(#names,)*) else {
            return ::core::result::Result::Err(#resolver.fail());
        };
    }
}

fn option(scope: &Scope<'_>, locals: &Locals, index: usize, field: &Field<'_>) -> TokenStream {
    let Locals { builder, resolver, .. } = locals;
    let (ident, name) = (field.ident, value(index));
    let parser = parser(scope, field);
    let call = match field.presence() {
        Presence::Optional => quote!(optional(#index, #builder.#ident, #parser)),
        Presence::Default(default) => {
            let default = default_value(field, default);
            quote!(or_default(#index, #builder.#ident, #parser, #default))
        }
        Presence::Required | Presence::Computed => {
            quote!(required(#index, #builder.#ident, #parser))
        }
    };
    quote!(let #name = #resolver.#call;)
}

/// What reads the text of the option's variables, if it has any.
fn parser(scope: &Scope<'_>, field: &Field<'_>) -> TokenStream {
    let (private, ty) = (&scope.private, field.value_type());
    if field.keys.env.is_none() {
        return quote!(::core::option::Option::None);
    }
    let text = Ident::new("text", Span::mixed_site());
    let read = if let Some(parse) = &field.keys.parse {
        let path = &parse.value;
        // Naming the type of the function makes the message show it.
        quote_spanned! {at(path)=> {
            let parse: fn(&str) -> ::core::result::Result<#ty, _> = #path;
            parse(#text)
        }}
    } else {
        let readable = readable(scope, field);
        quote!(#readable::from_env(#text))
    };
    quote!(::core::option::Option::Some(|#text| #read.map_err(#private::Failure::from)))
}

fn default_value(field: &Field<'_>, default: Option<&Expr>) -> TokenStream {
    let ty = field.ty;
    match default {
        None => quote_spanned!(at(ty)=> || <#ty as ::core::default::Default>::default()),
        Some(text @ Expr::Lit(ExprLit { lit: Lit::Str(_), .. })) => {
            quote_spanned!(at(text)=> || -> #ty { ::core::convert::Into::into(#text) })
        }
        // Any other expression already has the type, or rustc a better message about it.
        Some(default) => quote!(|| -> #ty { #default }),
    }
}

/// Computes one field with the options and the fields computed so far in scope, by reference.
fn computed(
    scope: &Scope<'_>,
    locals: &Locals,
    (index, field, given): (usize, &Field<'_>, &Given<Expr>),
) -> TokenStream {
    let Locals { environment, resolver, .. } = locals;
    let (private, name, expression) = (&scope.private, value(index), &given.value);
    let result = Ident::new("result", Span::mixed_site());
    let visible = scope
        .provider
        .fields
        .iter()
        .enumerate()
        .filter(|(other, field)| field.computed().is_none() || *other < index);
    let (names, values): (Vec<_>, Vec<_>) =
        visible.map(|(other, field)| (field.ident, value(other))).unzip();
    let in_scope = Ident::new("environment", Span::call_site());
    let (method, ty) = if field.keys.verify.is_some() {
        (quote!(verify), quote!(#private::VerifierBuilder))
    } else {
        (quote!(init), field.ty.to_token_stream())
    };
    quote! {
        let ::core::option::Option::Some(#name) = ({
            #(let #names = &#values;)*
            let #in_scope = #environment;
            // Which of them the expression uses is its own business.
            let _ = (#(#names,)* #in_scope);
            #resolver.#method(#index, || {
                let #result: #ty = #expression;
                ::core::result::Result::Ok(#result)
            })
        }) else {
            return ::core::result::Result::Err(#resolver.fail());
        };
    }
}

fn end(scope: &Scope<'_>, locals: &Locals) -> TokenStream {
    let Locals { builder, resolver, provider: done, .. } = locals;
    let provider = scope.provider;
    let values = provider.fields.iter().enumerate().map(|(index, field)| {
        let (ident, value) = (field.ident, value(index));
        quote!(#ident: #value)
    });
    let fields = provider.fields.iter().map(|field| field.ident);
    let check = provider.keys.check.as_ref().map(|path| {
        // From the first word of the path to the last, whether arguments or answer are to blame.
        let end = path.segments.last().map_or_else(|| at(path), at);
        let checked = quote_spanned!(end=> #path(&#done));
        quote_spanned!(at(path)=> #resolver.check(#checked);)
    });
    quote! {
        let #done = Self { #(#values,)* };
        // A field that only `init` and `verify` read is in use all the same.
        let _ = (#(&#done.#fields,)*);
        #check
        #resolver.finish(#done, #builder.__options)
    }
}

/// The local that holds the value of the field at `index`.
fn value(index: usize) -> Ident {
    hidden("value", index)
}
