//! A Rust file as tokens: comments and strings cannot then be mistaken for code.
//!
//! In: a text. Out: [`Code`], to be asked for patterns, functions, attributes and modules. Next:
//! `checks`.

use super::lex::lex;
use super::token::{Token, attributes, body_after, indices};

/// A file's tokens, in order.
#[derive(Debug, Default)]
pub(super) struct Code {
    tokens: Vec<Token>,
    /// Why they could not be read.
    pub(super) error: Option<String>,
}

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function<'c> {
    pub(super) name: &'c str,
    pub(super) line: usize,
    /// Lines between its braces.
    pub(super) lines: usize,
    pub(super) test: bool,
}

impl Code {
    pub(super) fn read(text: &str) -> Self {
        match lex(text) {
            Ok(tokens) => Self { tokens, error: None },
            Err(error) => Self { tokens: Vec::new(), error: Some(error.to_string()) },
        }
    }

    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Where a pattern stands, written as in Rust: `thread::sleep`, `dbg!(`.
    pub(super) fn find(&self, pattern: &str) -> impl Iterator<Item = &Token> {
        let words = split(pattern);
        let length = words.len();
        let fits = move |seen: &&[Token]| seen.iter().zip(&words).all(|(t, word)| t.text == *word);
        self.tokens.windows(length).filter(fits).map(|seen| &seen[0])
    }

    /// Every `fn name(..) { .. }`, also those inside others and inside templates.
    pub(super) fn functions(&self) -> impl Iterator<Item = Function<'_>> {
        indices(&self.tokens, "fn").filter_map(|start| self.function(start))
    }

    fn function(&self, start: usize) -> Option<Function<'_>> {
        let token = &self.tokens[start];
        // A template's name is `#name` or `$name`; a pointer's type, `fn(..)`, has none.
        let mut names = self.tokens[start + 1..].iter().take(2).map(|token| token.text.as_str());
        let name = names.find(|name| !matches!(*name, "#" | "$")).filter(|name| *name != "(")?;
        let body = body_after(&self.tokens, start)?;
        let (first, last) = (&self.tokens[body.start], &self.tokens[body.end - 1]);
        let lines = (last.line - first.line).saturating_sub(1);
        Some(Function { name, line: token.line, lines, test: token.test })
    }

    /// The tokens inside each `#[..]` and `#![..]`.
    pub(super) fn attributes(&self) -> impl Iterator<Item = &[Token]> {
        attributes(&self.tokens).map(|range| &self.tokens[range])
    }

    /// The names of the modules whose files are declared here, in order.
    pub(super) fn modules(&self) -> impl Iterator<Item = &Token> {
        self.tokens.windows(3).filter_map(|seen| match seen {
            [keyword, name, end] if keyword.text == "mod" && end.text == ";" => Some(name),
            _ => None,
        })
    }
}

/// A pattern's words and signs, one by one, as a lexer sees them.
fn split(pattern: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut inside = false;
    for sign in pattern.chars().filter(|sign| !sign.is_whitespace()) {
        let continues = sign.is_alphanumeric() || sign == '_';
        match words.last_mut() {
            Some(word) if inside && continues => word.push(sign),
            _ => words.push(sign.to_string()),
        }
        inside = continues;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_pattern_across_spaces_and_lines_but_not_in_texts() {
        let code = Code::read(
            "fn f() {\n  thread :: \n sleep(d);\n g(\"thread::sleep\"); // thread::sleep\n}",
        );
        let lines: Vec<_> = code.find("thread::sleep").map(|token| token.line).collect();
        assert_eq!(lines, [2]);
    }

    #[test]
    fn measures_what_stands_between_a_functions_braces() {
        let code = Code::read(
            "fn one() { 1 }\nfn two(f: fn(u8) -> u8)\nwhere\n{\n  let s = || {\n  };\n}\ntrait T { fn none(); }",
        );
        let found: Vec<_> = code.functions().map(|f| (f.name, f.line, f.lines)).collect();
        assert_eq!(found, [("one", 1, 0), ("two", 2, 2)]);
    }

    #[test]
    fn sees_functions_in_templates() {
        let code = Code::read("quote! { fn #setter(self) {\n\n} }");
        let found: Vec<_> = code.functions().map(|f| (f.name, f.lines)).collect();
        assert_eq!(found, [("setter", 1)]);
    }

    #[test]
    fn lists_modules_in_their_order() {
        let code = Code::read("pub mod b;\n#[cfg(unix)]\nmod a;\nmod inline { }");
        let names: Vec<_> = code.modules().map(|name| name.text.as_str()).collect();
        assert_eq!(names, ["b", "a"]);
    }

    #[test]
    fn says_why_a_text_is_no_rust() {
        assert!(Code::read("fn (").error.is_some());
    }
}
