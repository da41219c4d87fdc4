//! A text in, its tokens out, without documentation comments, and with tests marked.
//!
//! Next: `code`.

use std::ops::Range;

use proc_macro2::{Delimiter, LexError, TokenStream, TokenTree};

use super::token::{Token, attributes, body_after};

/// The tokens of a Rust file.
pub(super) fn lex(text: &str) -> Result<Vec<Token>, LexError> {
    let mut tokens = Vec::new();
    flatten(text.parse()?, &mut tokens);
    drop_documentation(&mut tokens);
    mark_tests(&mut tokens);
    Ok(tokens)
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    let token = |text: &str, line| Token { text: text.to_owned(), line, test: false };
    for tree in stream {
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = signs(group.delimiter());
                tokens.push(token(open, group.span_open().start().line));
                flatten(group.stream(), tokens);
                tokens.push(token(close, group.span_close().start().line));
            }
            other => tokens.push(token(&other.to_string(), other.span().start().line)),
        }
    }
}

const fn signs(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

/// The compiler reads `/// text` as `#[doc = "text"]`: only the text of it is gone, which is all
/// that could be mistaken for code.
fn drop_documentation(tokens: &mut [Token]) {
    let is_documentation = |range: &Range<usize>| matches!(&tokens[range.clone()], [doc, is, _] if doc.text == "doc" && is.text == "=");
    let texts: Vec<_> = attributes(tokens).filter(is_documentation).map(|r| r.end - 1).collect();
    for text in texts {
        tokens[text].text.clear();
    }
}

/// Marks what stands under `#[cfg(test)]` and `#[test]`.
fn mark_tests(tokens: &mut [Token]) {
    let item = |range: Range<usize>| {
        let body = body_after(tokens, range.end + 1)?;
        is_test(&tokens[range.clone()]).then_some(range.start..body.end)
    };
    let items: Vec<_> = attributes(tokens).filter_map(item).collect();
    for index in items.into_iter().flatten() {
        tokens[index].test = true;
    }
}

/// Whether an attribute is one of `cfg(test)`, `test`, `tokio::test(..)`.
fn is_test(attribute: &[Token]) -> bool {
    let mut words = attribute.iter().map(|token| token.text.as_str());
    if words.clone().next() == Some("cfg") {
        return words.clone().any(|word| word == "test")
            && !words.any(|word| word == "not" || word == "any");
    }
    words.take_while(|word| *word != "(").last() == Some("test")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words for tests, and the others.
    fn words(code: &str) -> (Vec<String>, Vec<String>) {
        let (held, others): (Vec<_>, Vec<_>) =
            lex(code).unwrap().into_iter().partition(|token| token.test);
        let texts = |tokens: Vec<Token>| tokens.into_iter().map(|token| token.text).collect();
        (texts(held), texts(others))
    }

    #[test]
    fn comments_leave_no_word() {
        let text = "//! one\n/// two\nstruct S; // three\n/* four */";
        assert_eq!(words(text).1.concat(), "#![doc=]#[doc=]structS;");
    }

    #[test]
    fn tests_are_marked_and_their_neighbours_are_not() {
        let text = "fn a() {} #[cfg(test)] mod tests { fn b() {} } #[tokio::test] async fn c() {}
                    #[cfg(not(test))] fn d() {} #[cfg(any(test, unix))] fn e() {}";
        let (held, others) = words(text);
        assert!(["b", "c"].iter().all(|name| held.iter().any(|word| word == name)));
        assert!(["a", "d", "e"].iter().all(|name| others.iter().any(|word| word == name)));
    }

    #[test]
    fn lines_are_those_of_the_text() {
        let lines: Vec<_> = lex("a\n(\nb\n)").unwrap().iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 2, 3, 4]);
    }
}
