//! The value of one key: an expression in, a text, path, list of variables or flag out.
//!
//! A value of the wrong kind is reported and replaced by a stand-in. Next: `check`.

use quote::{ToTokens, format_ident};
use syn::{Expr, ExprLit, Lit, LitBool, LitStr, Path};

use crate::diagnostics::Ctxt;
use crate::grammar::{Entry, Value};
use crate::spelling::upper_snake;

/// `key = "text"`.
pub(crate) fn text(entry: &Entry, example: &str, cx: &Ctxt) -> Option<LitStr> {
    let key = &entry.key;
    match &entry.value {
        Value::Given(value) => as_text(value).cloned().or_else(|| {
            cx.error(value, format!("`{key}` takes a text: write `{key} = \"{example}\"`"));
            None
        }),
        Value::Absent => {
            cx.error(key, format!("`{key}` has no value: write `{key} = \"{example}\"`"));
            None
        }
        Value::Reported => None,
    }
}

/// `key = path`.
pub(crate) fn path(entry: &Entry, example: &str, cx: &Ctxt) -> Path {
    let key = &entry.key;
    match &entry.value {
        Value::Given(value) => {
            if let Expr::Path(path) = &**value
                && path.qself.is_none()
            {
                return path.path.clone();
            }
            let hint = match &**value {
                Expr::Closure(_) => "give the function a name, and ",
                Expr::Call(_) => "leave out the call, and ",
                _ => "",
            };
            cx.error(value, format!("`{key}` takes a path: {hint}write `{key} = {example}`"));
        }
        Value::Absent => {
            cx.error(key, format!("`{key}` has no value: write `{key} = {example}`"));
        }
        Value::Reported => {}
    }
    stand_in()
}

/// `key = expression`.
pub(crate) fn expression(entry: &Entry, example: &str, cx: &Ctxt) -> Expr {
    match &entry.value {
        Value::Given(value) => return (**value).clone(),
        Value::Absent => {
            let key = &entry.key;
            cx.error(key, format!("`{key}` has no value: write `{key} = {example}`"));
        }
        Value::Reported => {}
    }
    Expr::Verbatim(stand_in().into_token_stream())
}

/// `key`, or `key = expression`.
pub(crate) fn optional(entry: &Entry) -> Option<Expr> {
    match &entry.value {
        Value::Given(value) => Some((**value).clone()),
        Value::Absent | Value::Reported => None,
    }
}

/// `key = false` for what happens unless it is said; the answer is whether it happens.
pub(crate) fn opt_out(entry: &Entry, cx: &Ctxt) -> bool {
    let key = &entry.key;
    match &entry.value {
        Value::Given(value) if as_bool(value) == Some(false) => {}
        Value::Given(value) => {
            cx.error(
                value,
                format!("`{key}` takes only `false`: write `{key} = false`, or leave it out"),
            );
        }
        Value::Absent => {
            cx.error(key, format!("`{key}` is on anyway: write `{key} = false`, or leave it out"));
        }
        Value::Reported => {}
    }
    false
}

/// `secret`, or `secret = false`.
pub(crate) fn secret(entry: &Entry, cx: &Ctxt) -> bool {
    match &entry.value {
        Value::Given(value) if as_bool(value) == Some(false) => return false,
        Value::Given(value) if as_bool(value) == Some(true) => {
            cx.error(value, "`secret = true` says too much: write `secret`");
        }
        Value::Given(value) => {
            cx.error(value, "`secret` takes no such value: write `secret`, or `secret = false`");
        }
        Value::Absent | Value::Reported => {}
    }
    true
}

/// `env = "A"` or `env = ["A", "B"]`.
pub(crate) fn variables(entry: &Entry, cx: &Ctxt) -> Vec<LitStr> {
    const FORM: &str = "write `env = \"ACME_DOMAIN\"` or `env = [\"A\", \"B\"]`";
    let found: Vec<&Expr> = match &entry.value {
        Value::Given(value) => match &**value {
            Expr::Array(array) if array.elems.is_empty() => {
                cx.error(array, format!("`env` names no variable: {FORM}"));
                Vec::new()
            }
            Expr::Array(array) => array.elems.iter().collect(),
            other => vec![other],
        },
        Value::Absent => {
            cx.error(&entry.key, format!("`env` has no value: {FORM}"));
            Vec::new()
        }
        Value::Reported => Vec::new(),
    };
    let mut variables: Vec<LitStr> = Vec::new();
    for value in found {
        match as_text(value) {
            None => cx.error(value, format!("`env` takes names of variables: {FORM}")),
            Some(name) if variables.iter().any(|other| other.value() == name.value()) => {
                cx.error(name, format!("`{}` is tried already: drop it", name.value()));
            }
            Some(name) => {
                check_variable(name, cx);
                variables.push(name.clone());
            }
        }
    }
    variables
}

fn check_variable(literal: &LitStr, cx: &Ctxt) {
    let name = literal.value();
    let good = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    if good {
        return;
    }
    let instead = upper_snake(&name);
    if instead.is_empty() {
        cx.error(literal, "`env` takes names of variables, like `\"ACME_DOMAIN\"`");
    } else {
        cx.error(literal, format!("`{name}` is not in upper snake case: write `\"{instead}\"`"));
    }
}

const STAND_IN: &str = "__reported";

/// The path that stands where a wrong value stood.
fn stand_in() -> Path {
    Path::from(format_ident!("{STAND_IN}"))
}

/// Whether a path stands in for one that was reported.
pub(crate) fn is_stand_in(path: &Path) -> bool {
    path.is_ident(STAND_IN)
}

fn as_text(value: &Expr) -> Option<&LitStr> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
        _ => None,
    }
}

fn as_bool(value: &Expr) -> Option<bool> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Bool(LitBool { value, .. }), .. }) => Some(*value),
        _ => None,
    }
}
