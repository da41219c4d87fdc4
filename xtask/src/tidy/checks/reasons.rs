//! An exemption says why.

use super::rust;
use crate::tidy::file::{File, Finding};
use crate::tidy::token::Token;

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    rust(files).flat_map(in_file).collect()
}

fn in_file(file: &File) -> impl Iterator<Item = Finding> {
    file.code.attributes().filter_map(|attribute| {
        let token = exempts(attribute)?;
        let wrong = format!("`{}` without a reason", token.text);
        Some(file.finding(token.line, wrong, "write `#[expect(.., reason = \"..\")]`"))
    })
}

/// The `allow` or `expect` of an attribute, also behind `cfg_attr`, that gives no reason. In an
/// expression there, a method may have such a name.
fn exempts(attribute: &[Token]) -> Option<&Token> {
    let reasoned = attribute.iter().any(|token| token.text == "reason");
    let text = |index: usize| attribute.get(index).map(|token| token.text.as_str());
    let is_one = |index: &usize| {
        let is_method = index.checked_sub(1).and_then(text) == Some(".");
        text(*index).is_some_and(is_exemption) && text(index + 1) == Some("(") && !is_method
    };
    let found = (0..attribute.len()).find(is_one)?;
    (!reasoned).then_some(&attribute[found])
}

fn is_exemption(word: &str) -> bool {
    matches!(word, "allow" | "expect")
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn an_exemption_without_a_reason_is_found() {
        let text = "#![allow(dead_code)]\n#[cfg_attr(test, expect(unused))]\nfn f() {}";
        assert_eq!(
            said(check, "src/a.rs", text),
            [
                "src/a.rs:1: `allow` without a reason: write `#[expect(.., reason = \"..\")]`",
                "src/a.rs:2: `expect` without a reason: write `#[expect(.., reason = \"..\")]`",
            ]
        );
    }

    #[test]
    fn a_reason_is_enough_and_a_method_is_no_exemption() {
        let text = "#[expect(unused, reason = \"shown\")]\nfn f() { g().expect(\"set\") }";
        assert!(said(check, "src/a.rs", text).is_empty());
        let text = "struct A {\n    #[auth(verify = all().expect(\"typ\", [\"a\"]))]\n    b: B,\n}";
        assert!(said(check, "src/a.rs", text).is_empty());
    }
}
