//! `#[auth(..)]`: the attributes of one struct or field in, its [`Entry`]s out.
//!
//! One form: `key` or `key = value`, separated by commas; every value is an expression of Rust.
//! The loop is our own because syn's `parse_nested_meta` ends at the first mistake: this one notes
//! it and goes on behind the next comma. Next: `model`, which gives the keys their meaning.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, Ident, Meta, Token, token};

use crate::diagnostics::Ctxt;
use crate::source_text::source_text;
use crate::spelling::nearest;

/// One `key` or `key = value`.
pub(crate) struct Entry {
    pub(crate) key: Ident,
    pub(crate) value: Value,
}

/// What stands behind a key.
pub(crate) enum Value {
    /// Nothing: the key is a flag.
    Absent,
    /// `= expression`.
    Given(Box<Expr>),
    /// Something that was reported. The key counts as given, so that nobody reports it again.
    Reported,
}

/// Where an attribute stands, which decides what it may say.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Place {
    Struct,
    Field,
}

impl Place {
    const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Struct => &["name", "check", "register", "debug", "crate"],
            Self::Field => &["env", "default", "parse", "secret", "init", "verify"],
        }
    }

    /// The other place, for a key that went astray.
    const fn other(self) -> (Self, &'static str) {
        match self {
            Self::Struct => (Self::Field, "a field"),
            Self::Field => (Self::Struct, "the struct"),
        }
    }
}

/// Reads every `#[auth(..)]` of one struct or field; each known key comes out once.
pub(crate) fn entries(attributes: &[Attribute], place: Place, cx: &Ctxt) -> Vec<Entry> {
    let mut entries = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("auth")) {
        match &attribute.meta {
            Meta::List(list) if !list.tokens.is_empty() => {
                let read = |input: ParseStream<'_>| read_list(input, &mut entries, cx);
                if let Err(error) = read.parse2(list.tokens.clone()) {
                    cx.add(error);
                }
            }
            meta => cx.error(meta, "`auth` holds no key here: write `#[auth(key = value)]`"),
        }
    }
    keep_known(entries, place, cx)
}

fn read_list(input: ParseStream<'_>, entries: &mut Vec<Entry>, cx: &Ctxt) -> syn::Result<()> {
    while !input.is_empty() {
        if input.peek(Ident::peek_any) {
            let entry = read_entry(input, cx)?;
            let reported = matches!(entry.value, Value::Reported);
            entries.push(entry);
            read_separator(input, reported, cx);
        } else {
            report_no_key(input, entries.last(), cx);
            skip_behind_comma(input);
        }
    }
    Ok(())
}

fn read_entry(input: ParseStream<'_>, cx: &Ctxt) -> syn::Result<Entry> {
    let key = input.call(Ident::parse_any)?;
    let value = if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        read_value(&key, input, cx)
    } else if input.peek(token::Paren) {
        let inside = input.parse::<Group>()?.stream();
        let instead = without_parentheses(&key, inside);
        cx.error(&key, format!("`{key}` takes no parentheses: write `{instead}`"));
        Value::Reported
    } else if input.peek(Token![:]) {
        let colon = input.parse::<Token![:]>()?;
        cx.error(colon, format!("a value stands behind `=`, not `:`: write `{key} = ..`"));
        read_value(&key, input, cx)
    } else {
        Value::Absent
    };
    Ok(Entry { key, value })
}

/// `key(value)` in the form that was meant.
fn without_parentheses(key: &Ident, inside: TokenStream) -> String {
    let text = source_text(&inside);
    let several = inside.into_iter().any(|token| is_comma(&token));
    match (text.as_str(), several) {
        ("", _) => key.to_string(),
        (_, true) => format!("{key} = [{text}]"),
        (_, false) => format!("{key} = {text}"),
    }
}

fn read_value(key: &Ident, input: ParseStream<'_>, cx: &Ctxt) -> Value {
    if input.is_empty() || input.peek(Token![,]) {
        // Spanned by hand: the parser's own error would point at the derive.
        cx.error(key, format!("`{key} =` breaks off: write its value, or leave out the `=`"));
        return Value::Reported;
    }
    match input.parse() {
        Ok(value) => Value::Given(Box::new(value)),
        Err(error) if input.is_empty() => {
            cx.error(key, format!("the value of `{key}` breaks off: {error}"));
            Value::Reported
        }
        Err(error) => {
            cx.add(error);
            Value::Reported
        }
    }
}

/// Reads the comma. Where it is missing before another key, that key is read all the same.
fn read_separator(input: ParseStream<'_>, reported: bool, cx: &Ctxt) {
    if input.is_empty() || input.parse::<Token![,]>().is_ok() {
        return;
    }
    if reported {
        skip_behind_comma(input);
    } else if let Ok(next) = input.fork().parse::<TokenTree>() {
        cx.error(&next, format!("a comma is missing before `{next}`"));
        if !matches!(next, TokenTree::Ident(_)) {
            skip_behind_comma(input);
        }
    }
}

fn report_no_key(input: ParseStream<'_>, before: Option<&Entry>, cx: &Ctxt) {
    let Ok(found) = input.fork().parse::<TokenTree>() else { return };
    let is_text = matches!(&found, TokenTree::Literal(text) if text.to_string().starts_with('"'));
    if is_text && before.is_some_and(|entry| entry.key == "env") {
        cx.error(found, "to name several variables write `env = [\"A\", \"B\"]`");
    } else {
        cx.error(&found, format!("`{found}` is no key: write `key` or `key = value`"));
    }
}

fn skip_behind_comma(input: ParseStream<'_>) {
    while !input.is_empty() && input.parse::<Token![,]>().is_err() {
        // A token tree is a whole group: commas inside brackets end nothing.
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(comma) if comma.as_char() == ',')
}

/// Drops unknown and repeated keys, each with a message.
fn keep_known(entries: Vec<Entry>, place: Place, cx: &Ctxt) -> Vec<Entry> {
    let mut kept: Vec<Entry> = Vec::new();
    for entry in entries {
        let key = entry.key.to_string();
        if !place.keys().contains(&key.as_str()) {
            report_unknown(&key, entry.key.span(), place, cx);
        } else if kept.iter().any(|first| first.key == key) {
            let several = "; to name several variables write `env = [\"A\", \"B\"]`";
            let hint = if key == "env" { several } else { "" };
            cx.error(&entry.key, format!("`{key}` was said above: keep one of the two{hint}"));
        } else {
            kept.push(entry);
        }
    }
    kept
}

fn report_unknown(key: &str, span: Span, place: Place, cx: &Ctxt) {
    let (other, there) = place.other();
    let message = if other.keys().contains(&key) {
        format!("`{key}` belongs on {there}")
    } else if let Some(meant) = nearest(key, place.keys()) {
        format!("`{key}` is unknown: did you mean `{meant}`?")
    } else {
        let keys: Vec<_> = place.keys().iter().map(|key| format!("`{key}`")).collect();
        format!("`{key}` is unknown: the keys here are {}", keys.join(", "))
    };
    cx.error_at(span, message);
}
