//! A token, and which tokens belong together.
//!
//! In: a list of tokens. Out: ranges of it: what a brace encloses, an item's body, the attributes.
//! Next: `lex`, which makes the list; `code`, which is asked about it.

use std::ops::Range;

/// A word, a literal, or one character of punctuation; a delimiter is two tokens.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) line: usize,
    /// Whether it exists for tests only.
    pub(super) test: bool,
}

/// Where this text stands as a token of its own.
pub(super) fn indices(tokens: &[Token], text: &'static str) -> impl Iterator<Item = usize> {
    (0..tokens.len()).filter(move |index| tokens[*index].text == text)
}

/// The insides of each `#[..]` and `#![..]`.
pub(super) fn attributes(tokens: &[Token]) -> impl Iterator<Item = Range<usize>> {
    indices(tokens, "#").filter_map(|hash| {
        let text = |index: usize| tokens.get(index).map(|token| token.text.as_str());
        let open = if text(hash + 1) == Some("!") { hash + 2 } else { hash + 1 };
        (text(open) == Some("[")).then(|| open + 1..close_of(tokens, open))
    })
}

/// From an item's first brace to its counterpart; nothing if the item ends before it.
pub(super) fn body_after(tokens: &[Token], start: usize) -> Option<Range<usize>> {
    let mut index = start;
    loop {
        match tokens.get(index)?.text.as_str() {
            ";" | "}" => return None,
            "{" => return Some(index..close_of(tokens, index) + 1),
            "(" | "[" => index = close_of(tokens, index),
            _ => {}
        }
        index += 1;
    }
}

/// The counterpart of an opening delimiter. What was lexed is balanced: there always is one.
pub(super) fn close_of(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    tokens.len().saturating_sub(1)
}
