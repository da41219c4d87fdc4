//! The rules about secrets: one is said where a name suggests it, once, and never written into the
//! source. Next: `expand`.

use syn::{Expr, Lit};

use crate::diagnostics::Ctxt;
use crate::model::{Field, mentions};

/// A field that sounds like a secret says whether it is one: forgetting it is no option.
pub(super) fn is_said(field: &Field<'_>, cx: &Ctxt) {
    let name = field.name();
    let settled = field.keys.secret.is_some() || field.keys.verify.is_some();
    if !settled && !field.has_secret_type() && !is_never_secret(field) && sounds_secret(&name) {
        cx.error(
            field.ident,
            format!(
                "`{name}` sounds like a secret: make its type `Secret<..>`, or say \
                     `#[auth(secret)]`, or `#[auth(secret = false)]` if anybody may read it"
            ),
        );
    }
}

fn sounds_secret(name: &str) -> bool {
    const ONE: &[&str] = &["secret", "password", "passphrase", "token", "credential", "apikey"];
    const OF_KEYS: &[&str] = &["api", "private", "signing", "access", "encryption", "shared"];
    let words: Vec<&str> = name.split('_').collect();
    let one = words.iter().any(|word| ONE.contains(&word.strip_suffix('s').unwrap_or(word)));
    let key = |pair: &[&str]| OF_KEYS.contains(&pair[0]) && matches!(pair[1], "key" | "keys");
    one || words.windows(2).any(key)
}

/// Switches, numbers and lengths of time: `token_lifetime` needs no answer.
fn is_never_secret(field: &Field<'_>) -> bool {
    const TYPES: &[&str] = &["bool", "Duration", "u8", "u16", "u32", "u64", "usize", "i32", "i64"];
    mentions(field.ty, |word| TYPES.iter().any(|harmless| word == harmless))
        && !mentions(field.ty, |word| word == "Vec")
}

/// Nothing makes a type that redacts itself print.
pub(super) fn is_said_once(field: &Field<'_>, cx: &Ctxt) {
    if let Some(secret) = field.keys.secret.as_ref().filter(|_| field.has_secret_type()) {
        cx.error(&secret.key, "the type is redacted wherever it is printed: drop `secret`");
    }
}

/// Whoever can read the source, or the binary, can read a literal.
pub(super) fn stays_out_of_the_source(field: &Field<'_>, cx: &Ctxt) {
    let default = field.keys.default.as_ref().and_then(|default| default.value.as_ref());
    if let Some(literal) = default.filter(|_| field.is_secret()).and_then(literal_in) {
        cx.error(
            literal,
            "a secret in source code is no secret: drop `default`, and set a variable",
        );
    }
}

/// The text that an expression does nothing but wrap, as `Secret::from("..")` does.
fn literal_in(expression: &Expr) -> Option<&Lit> {
    match expression {
        Expr::Lit(literal) => Some(&literal.lit),
        Expr::MethodCall(call) => literal_in(&call.receiver),
        Expr::Call(call) if call.args.len() == 1 && wraps(&call.func) => literal_in(&call.args[0]),
        Expr::Paren(inner) => literal_in(&inner.expr),
        Expr::Reference(inner) => literal_in(&inner.expr),
        Expr::Try(inner) => literal_in(&inner.expr),
        _ => None,
    }
}

fn wraps(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let last = path.path.segments.last().map(|segment| segment.ident.to_string());
    matches!(last.as_deref(), Some("new" | "from" | "parse" | "into" | "from_bytes"))
}
