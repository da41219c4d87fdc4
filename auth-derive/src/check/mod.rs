//! The rules that concern several keys or several fields, as a list of functions.
//!
//! In: a whole [`Provider`]. Out: mistakes in the [`Ctxt`]. What a key may say by itself was judged
//! in `model`; the rules about secrets are in `secret`, those about what an expression may mention in
//! `expression`. Next: `expand`.

mod expression;
mod secret;

use syn::{GenericParam, LitStr};

use crate::diagnostics::Ctxt;
use crate::model::{Field, Provider, mentions};
use crate::source_text::source_text;
use crate::spelling::kebab;

/// Applies every rule.
pub(crate) fn all(provider: &Provider<'_>, cx: &Ctxt) {
    is_named(provider, cx);
    owns_its_values(provider, cx);
    does_not_register_a_generic_struct(provider, cx);
    writes_debug_once(provider, cx);
    has_one_verifier(provider, cx);
    reads_a_variable_for_one_field(provider, cx);
    secret::leaves_files_to_secrets(provider, cx);
    expression::sees_what_exists(provider, cx);
    for field in &provider.fields {
        computes_or_configures(field, cx);
        computes_once(field, cx);
        verifies_with_a_verifier(field, cx);
        expression::leaves_the_verifier_unfinished(field, cx);
        has_no_default_for_an_option(field, cx);
        parses_only_variables(field, cx);
        expression::never_waits(field, cx);
        expression::leaves_variables_to_env(field, cx);
        secret::is_said(field, cx);
        secret::is_said_once(field, cx);
        secret::stays_out_of_the_source(field, cx);
        has_a_name_of_its_own(field, cx);
        keeps_the_meaning_of_its_docs(field, cx);
    }
}

fn is_named(provider: &Provider<'_>, cx: &Ctxt) {
    if provider.keys.name.is_none() {
        let name = provider.type_name();
        let kebab = kebab(&name);
        cx.error(
            provider.ident,
            format!("`{name}` has no name for logs and reports: add `#[auth(name = \"{kebab}\")]`"),
        );
    }
}

fn owns_its_values(provider: &Provider<'_>, cx: &Ctxt) {
    for parameter in provider.generics.lifetimes() {
        let lifetime = &parameter.lifetime;
        cx.error(
            lifetime,
            format!(
                "`{lifetime}` borrows, and a provider lives as long as the server: own the value"
            ),
        );
    }
}

fn does_not_register_a_generic_struct(provider: &Provider<'_>, cx: &Ctxt) {
    let parameter = provider.generics.params.iter().find_map(|parameter| match parameter {
        GenericParam::Type(parameter) => Some(&parameter.ident),
        GenericParam::Const(parameter) => Some(&parameter.ident),
        GenericParam::Lifetime(_) => None,
    });
    if let (Some(parameter), true) = (parameter, provider.keys.register) {
        let name = provider.type_name();
        cx.error(
            parameter,
            format!(
                "`{name}` cannot register itself for every `{parameter}`: add \
                     `#[auth(register = false)]`"
            ),
        );
    }
}

fn writes_debug_once(provider: &Provider<'_>, cx: &Ctxt) {
    if let Some(debug) = provider.derived_debug().filter(|_| provider.keys.debug) {
        cx.error(
            debug,
            "`Debug` is written by `AuthProvider`, without secrets: drop it here, or write your \
             own with `#[auth(debug = false)]`",
        );
    }
}

fn has_one_verifier(provider: &Provider<'_>, cx: &Ctxt) {
    let mut verifiers = provider.fields.iter().filter(|field| field.keys.verify.is_some());
    let Some(first) = verifiers.next() else { return };
    for key in verifiers.filter_map(|field| field.keys.verify.as_ref()) {
        cx.error(
            &key.key,
            format!(
                "`{}` verifies already: make this one `init`, and write `impl Authenticate` \
                     by hand if it needs both",
                first.name()
            ),
        );
    }
}

fn reads_a_variable_for_one_field(provider: &Provider<'_>, cx: &Ctxt) {
    let mut seen: Vec<(&LitStr, String)> = Vec::new();
    for field in &provider.fields {
        for variable in field.variables() {
            let name = variable.value();
            let first = seen.iter().find(|(other, _)| other.value() == name);
            if let Some((_, owner)) = first.filter(|(_, owner)| *owner != field.name()) {
                cx.error(variable, format!("`{name}` is read by `{owner}`: name another variable"));
            }
            seen.push((variable, field.name()));
        }
    }
}

fn computes_or_configures(field: &Field<'_>, cx: &Ctxt) {
    let Some(computed) = field.computed() else { return };
    let keys = &field.keys;
    let configuring = [
        keys.env.as_ref().map(|given| &given.key),
        keys.default.as_ref().map(|given| &given.key),
        keys.parse.as_ref().map(|given| &given.key),
    ];
    for key in configuring.into_iter().flatten() {
        let (name, how) = (field.name(), &computed.key);
        cx.error(
            key,
            format!(
                "`{name}` is computed by `{how}`, not configured: drop `{key}`, or drop `{how}`"
            ),
        );
    }
}

fn computes_once(field: &Field<'_>, cx: &Ctxt) {
    if let (Some(_), Some(verify)) = (&field.keys.init, &field.keys.verify) {
        cx.error(&verify.key, "`verify` computes the field, as `init` does: keep one of the two");
    }
}

/// By name, since a derive knows no types: what `Authenticate` is written for has to be ours.
fn verifies_with_a_verifier(field: &Field<'_>, cx: &Ctxt) {
    if field.keys.verify.is_some() && !mentions(field.ty, |word| word == "Verifier") {
        cx.error(field.ty, "`verify` makes a `Verifier`: make it the type of the field");
    }
}

fn has_no_default_for_an_option(field: &Field<'_>, cx: &Ctxt) {
    if let (Some(default), Some(inside)) = (&field.keys.default, field.inside_option()) {
        let inside = source_text(inside);
        cx.error(
            &default.key,
            format!("an `Option` is absent by itself: drop `default`, or make the type `{inside}`"),
        );
    }
}

fn parses_only_variables(field: &Field<'_>, cx: &Ctxt) {
    if let (Some(parse), None, None) = (&field.keys.parse, &field.keys.env, field.computed()) {
        cx.error(&parse.key, "`parse` reads the text of a variable: add `env = \"..\"`");
    }
}

/// The builder has a setter of the option's name beside the methods of every builder.
fn has_a_name_of_its_own(field: &Field<'_>, cx: &Ctxt) {
    let name = field.name();
    if field.collides() {
        cx.error(
            field.ident,
            format!(
                "every builder has a method `{name}`, and the field's setter would be another: \
                 rename the field"
            ),
        );
    } else if name == "environment" {
        cx.error(
            field.ident,
            "`environment` is what `init` and `verify` call the environment: rename the field",
        );
    } else if field.is_hidden_one() {
        cx.error(field.ident, "`__options` is a field of every builder: rename the field");
    }
}

/// The option's docs are copied to its setter, whose `Self` is the builder.
fn keeps_the_meaning_of_its_docs(field: &Field<'_>, cx: &Ctxt) {
    let docs = ["[`Self", "[Self"].iter().find_map(|link| field.docs.find(link));
    if let Some(docs) = docs.filter(|_| field.computed().is_none()) {
        cx.error(
            docs,
            "`Self` becomes the builder when this text is copied to the setter: name the type",
        );
    }
}
