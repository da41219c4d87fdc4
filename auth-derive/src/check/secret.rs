//! The rules about secrets: one is said where a name suggests it, once, and never written into the
//! source. Next: `expand`.

use syn::{Expr, Path};

use crate::diagnostics::Ctxt;
use crate::model::{Field, Provider, mentions};

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
    if let Some(constant) = default.filter(|_| field.is_secret()).and_then(constant_in) {
        cx.error(
            constant,
            "a secret in source code is no secret: drop `default`, and set a variable",
        );
    }
}

/// The variable of a secret, with this behind it, names a file that holds the secret.
const FILE: &str = "_FILE";

/// A variable that says where a secret's file is says nothing else.
pub(super) fn leaves_files_to_secrets(provider: &Provider<'_>, cx: &Ctxt) {
    let secrets = provider.fields.iter().filter(|field| field.is_secret());
    let held: Vec<String> = secrets.flat_map(Field::variables).map(syn::LitStr::value).collect();
    for variable in provider.fields.iter().flat_map(Field::variables) {
        let name = variable.value();
        if let Some(secret) = name.strip_suffix(FILE).filter(|it| held.iter().any(|of| of == it)) {
            cx.error(
                variable,
                format!(
                    "`{name}` names the file that holds `{secret}`, and is read without being \
                     said: drop it"
                ),
            );
        }
    }
}

/// What an expression does nothing but wrap, if it was known when the program was compiled:
/// `Secret::from("..")`, `env!("..").into()`.
fn constant_in(expression: &Expr) -> Option<&Expr> {
    match expression {
        Expr::Lit(_) => Some(expression),
        Expr::Macro(call) if is_compiled_in(&call.mac.path) => Some(expression),
        Expr::MethodCall(call) => constant_in(&call.receiver),
        Expr::Call(call) if call.args.len() == 1 && wraps(&call.func) => constant_in(&call.args[0]),
        Expr::Paren(inner) => constant_in(&inner.expr),
        Expr::Reference(inner) => constant_in(&inner.expr),
        Expr::Try(inner) => constant_in(&inner.expr),
        _ => None,
    }
}

fn is_compiled_in(path: &Path) -> bool {
    const MACROS: &[&str] = &["env", "option_env", "include_str", "include_bytes", "concat"];
    path.segments.last().is_some_and(|last| MACROS.iter().any(|name| last.ident == name))
}

fn wraps(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let last = path.path.segments.last().map(|segment| segment.ident.to_string());
    matches!(last.as_deref(), Some("new" | "from" | "parse" | "into" | "from_bytes"))
}
