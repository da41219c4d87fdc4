//! The rules about what the expressions of `default`, `init` and `verify` may mention.
//!
//! In: a [`Provider`]. Out: mistakes that rustc would tell too, in words that say what to do. An
//! expression is looked at as tokens, so whatever might be right is left to rustc. Next: `expand`.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Expr, Ident};

use crate::diagnostics::Ctxt;
use crate::model::{Field, Provider};

/// An expression sees the options and what was computed above it; a default sees neither.
pub(super) fn sees_what_exists(provider: &Provider<'_>, cx: &Ctxt) {
    for (index, field) in provider.fields.iter().enumerate() {
        if let Some(computed) = field.computed() {
            has_no_self(&computed.value, "options are in scope by name, like `domain`", cx);
            for later in &provider.fields[index..] {
                comes_later(field, later, cx);
            }
        } else if let Some(default) = default_of(field) {
            has_no_self(default, "what depends on an option is computed, with `init`", cx);
            for other in &provider.fields {
                sees_no_option(default, other, cx);
            }
        }
    }
}

/// A provider is built before the server runs, and nothing could be waited for.
pub(super) fn never_waits(field: &Field<'_>, cx: &Ctxt) {
    let computed = field.computed().map(|given| (&given.value, given.key.to_string()));
    let default = default_of(field).map(|default| (default, "default".to_owned()));
    let Some((expression, key)) = computed.or(default) else { return };
    let words = Words::of(expression);
    if words.all.iter().any(|word| word.ident == "async") {
        return;
    }
    if let Some(word) = words.all.iter().find(|word| word.ident == "await" && word.is_member) {
        cx.error(
            &word.ident,
            format!(
                "`{key}` cannot wait, since a provider is built before the server runs: connect \
                 in `authenticate`, when the first request comes"
            ),
        );
    }
}

/// The environment that a verifier is finished with is the derive's to give.
pub(super) fn leaves_the_verifier_unfinished(field: &Field<'_>, cx: &Ctxt) {
    let verify = field.keys.verify.as_ref().map(|verify| &verify.value);
    if let Some(finishing) = verify.and_then(finishing_call) {
        cx.error(
            finishing,
            format!(
                "`verify` finishes the verifier itself: drop `.{finishing}(..)`, and what follows"
            ),
        );
    }
}

/// The call that ends `Verifier::remote(..)`, where the expression is no more than that.
fn finishing_call(expression: &Expr) -> Option<&Ident> {
    match expression {
        Expr::Try(inner) => finishing_call(&inner.expr),
        Expr::MethodCall(call) if call.method == "build" || call.method == "build_in" => {
            begins_a_verifier(&call.receiver).then_some(&call.method)
        }
        Expr::MethodCall(call) => finishing_call(&call.receiver),
        _ => None,
    }
}

fn begins_a_verifier(expression: &Expr) -> bool {
    match expression {
        Expr::MethodCall(call) => begins_a_verifier(&call.receiver),
        Expr::Call(call) => matches!(&*call.func, Expr::Path(path)
            if path.path.segments.iter().rev().nth(1).is_some_and(|it| it.ident == "Verifier")),
        _ => false,
    }
}

/// A variable that a default reads is not in the descriptor, nor in the environment of a test.
pub(super) fn leaves_variables_to_env(field: &Field<'_>, cx: &Ctxt) {
    let Some(default) = default_of(field) else { return };
    let words = Words::of(default);
    let pairs = words.all.windows(2);
    for pair in pairs.filter(|pair| pair[0].ident == "env" && pair[1].is_in_path) {
        if ["var", "var_os", "vars"].iter().any(|name| pair[1].ident == name) {
            cx.error(
                &pair[1].ident,
                "`default` stands in where no variable is set: name the variable with \
                 `env = \"ACME_DOMAIN\"`",
            );
        }
    }
}

fn default_of<'a>(field: &'a Field<'_>) -> Option<&'a Expr> {
    field.keys.default.as_ref().and_then(|default| default.value.as_ref())
}

fn has_no_self(expression: &Expr, instead: &str, cx: &Ctxt) {
    let words = Words::of(expression);
    if let Some(word) = words.values().find(|word| word.ident == "self") {
        cx.error(&word.ident, format!("there is no `self` yet: {instead}"));
    }
}

fn comes_later(field: &Field<'_>, later: &Field<'_>, cx: &Ctxt) {
    let (Some(computed), Some(_)) = (field.computed(), later.computed()) else { return };
    let words = Words::of(&computed.value);
    let Some(word) = words.values().find(|word| word.ident == *later.ident) else { return };
    let (name, later) = (field.name(), later.name());
    let message = if name == later {
        format!("`{name}` is what this computes: it has no value yet")
    } else {
        format!("`{later}` is computed below, and has no value yet: move it above `{name}`")
    };
    cx.error(&word.ident, message);
}

fn sees_no_option(default: &Expr, other: &Field<'_>, cx: &Ctxt) {
    let words = Words::of(default);
    if let Some(word) = words.values().find(|word| word.ident == *other.ident) {
        let name = word.ident.unraw();
        cx.error(
            &word.ident,
            format!(
                "a default does not see `{name}`: make this option an `Option`, and combine the \
                 two in a field with `init`"
            ),
        );
    }
}

/// The words of an expression, in order.
struct Words {
    all: Vec<Word>,
    /// Whether something in it gives names to values: then a word may mean one of those.
    binds: bool,
}

struct Word {
    ident: Ident,
    /// Behind a single dot.
    is_member: bool,
    /// Behind `::`.
    is_in_path: bool,
    /// Neither of the two, nor the beginning of a path, a call, a macro or a `name: value`.
    is_value: bool,
}

impl Words {
    fn of(expression: &Expr) -> Self {
        let mut words = Self { all: Vec::new(), binds: false };
        words.read(expression.to_token_stream());
        words
    }

    /// Those that are values from outside the expression.
    fn values(&self) -> impl Iterator<Item = &Word> {
        self.all.iter().filter(|word| word.is_value && !self.binds)
    }

    fn read(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.read(group.stream()),
                TokenTree::Ident(ident) => self.note(ident, &tokens[..index], &tokens[index + 1..]),
                TokenTree::Punct(punct) => self.binds |= punct.as_char() == '|',
                TokenTree::Literal(_) => {}
            }
        }
    }

    fn note(&mut self, ident: &Ident, before: &[TokenTree], after: &[TokenTree]) {
        const BINDING: &[&str] = &["let", "match", "for", "fn", "const", "static", "macro_rules"];
        self.binds |= BINDING.iter().any(|word| ident == word);
        let is_called = matches!(
            after.first(),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis
        );
        let (before, after) = (punctuation(before.iter().rev()), punctuation(after.iter()));
        let is_member = before.starts_with('.') && before != "..";
        let is_in_path = before == "::";
        // The beginning of a path, the name of an argument or a macro.
        let leads = after.starts_with([':', '=', '!']) && !["==", "!="].contains(&after.as_str());
        let stands_alone = !is_member && !is_in_path && !before.starts_with('\'');
        let is_value = stands_alone && !is_called && !leads;
        self.all.push(Word { ident: ident.clone(), is_member, is_in_path, is_value });
    }
}

/// What stands between a word and the next, as far as two characters tell.
fn punctuation<'a>(tokens: impl Iterator<Item = &'a TokenTree>) -> String {
    let character = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => Some(punct.as_char()),
        _ => None,
    };
    tokens.take(2).map_while(character).collect()
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::Words;

    /// The words of an expression that mean values from outside it.
    fn values(expression: &syn::Expr) -> Vec<String> {
        Words::of(expression).values().map(|word| word.ident.to_string()).collect()
    }

    #[test]
    fn finds_the_values_that_an_expression_uses() {
        assert_eq!(values(&parse_quote!(first + second.third)), ["first", "second"]);
        assert_eq!(values(&parse_quote!(make(first, &second)?)), ["first", "second"]);
        assert_eq!(values(&parse_quote!(format!("{}", first))), ["first"]);
        assert_eq!(values(&parse_quote!(0..first)), ["first"]);
        assert_eq!(values(&parse_quote!(first != second)), ["first", "second"]);
    }

    #[test]
    fn leaves_to_rustc_what_might_be_right() {
        for expression in [
            parse_quote!(first()),
            parse_quote!(self::first),
            parse_quote!(first::Client),
            parse_quote!(Client { first: 5 }.first),
            parse_quote!(format!("{first}", first = 5)),
            parse_quote!(first![]),
            parse_quote!(Some(5).map(|first| first)),
            parse_quote!({
                let first = 5;
                first
            }),
        ] {
            let values = values(&expression);
            assert!(!values.contains(&"first".to_owned()), "{values:?}");
        }
    }
}
