//! The core names no vendor: not in a word of its code, and not in an address or a name it uses.

use super::rust;
use crate::tidy::file::{File, Finding};
use crate::tidy::token::Token;

/// The mechanism.
const CORE: [&str; 2] = ["auth-core/src", "auth-derive/src"];

const VENDORS: [&str; 10] = [
    "auth0",
    "clerk",
    "workos",
    "firebase",
    "supabase",
    "okta",
    "entra",
    "cognito",
    "keycloak",
    "cloudflare",
];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    rust(files).filter(|file| file.is_in(&CORE) && !file.is_test()).flat_map(in_file).collect()
}

fn in_file(file: &File) -> Vec<Finding> {
    let held = file.code.tokens().iter().filter(|token| !token.test && !is_example(file, token));
    let named = held.filter_map(|token| Some((token.line, vendor_in(&token.text)?)));
    named.map(|(line, vendor)| finding(file, line, vendor)).collect()
}

fn finding(file: &File, line: usize, vendor: &str) -> Finding {
    file.finding(line, format!("the core names `{vendor}`"), "move it into the vendor's room")
}

/// A text for people may give an example; an address or a name is used. What the derive says is
/// all for people.
fn is_example(file: &File, token: &Token) -> bool {
    token.text.contains('"') && (token.text.contains(' ') || file.is_in(&["auth-derive/src"]))
}

fn vendor_in(text: &str) -> Option<&'static str> {
    let text = text.to_ascii_lowercase();
    VENDORS.into_iter().find(|vendor| text.match_indices(vendor).any(|(at, _)| stands(&text, at)))
}

/// Whether a name begins here, and is no part of a word such as `central`.
fn stands(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|before: char| before.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn a_vendor_in_the_core_is_found_as_a_word_and_in_an_address() {
        let text = "struct WorkOsKeys;\nconst A: &str = \"https://acme.auth0.com/\";";
        assert_eq!(
            said(check, "auth-core/src/jwks/mod.rs", text),
            [
                "auth-core/src/jwks/mod.rs:1: the core names `workos`: move it into the vendor's room",
                "auth-core/src/jwks/mod.rs:2: the core names `auth0`: move it into the vendor's room",
            ]
        );
        assert!(said(check, "providers/src/auth0.rs", text).is_empty());
    }

    #[test]
    fn examples_in_comments_messages_and_tests_are_no_dependency() {
        let text = "/// Such as `acme.auth0.com`.\nfn f() { g(\"write `name = auth0`\") }
                    #[test] fn t() { assert(\"auth0\") }\nfn central() {}";
        assert!(said(check, "auth-core/src/lib.rs", text).is_empty());
        let example = "fn f() { value(entry, \"auth0\") }";
        assert!(said(check, "auth-derive/src/lib.rs", example).is_empty());
    }
}
