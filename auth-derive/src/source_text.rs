//! Syntax as one would write it: tokens in, text out, for documentation and messages.
//!
//! The tokens that a derive receives have lost the spaces between them. These rules put back those
//! that rustfmt would.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The text of an expression or a type.
pub(crate) fn source_text(syntax: impl ToTokens) -> String {
    let mut text = Text::default();
    text.stream(syntax.into_token_stream());
    text.out
}

#[derive(Default)]
struct Text {
    out: String,
    before: Before,
    /// How many `<` of parameter lists are open.
    angles: usize,
    /// Whether a `|` has opened the parameters of a closure.
    in_parameters: bool,
}

/// What stands before the next token.
#[derive(Default, Clone, Copy, PartialEq)]
enum Before {
    /// Nothing that a space would follow, such as an opening bracket or `::`.
    #[default]
    Open,
    /// A keyword, or an operator with something on its left.
    Operator,
    /// The end of a value.
    Value,
    /// The end of a value that is the name of a type, so that a `<` behind it opens a list.
    Type,
}

impl Text {
    fn stream(&mut self, tokens: TokenStream) {
        let mut operator = String::new();
        for token in tokens {
            match token {
                TokenTree::Punct(punct) => {
                    operator.push(punct.as_char());
                    // A joint character belongs to the next, as in `::`, save for a lifetime's.
                    if punct.spacing() == Spacing::Alone {
                        self.operator(&std::mem::take(&mut operator));
                    }
                }
                TokenTree::Ident(word) => {
                    let word = format!("{operator}{word}");
                    operator.clear();
                    self.word(&word);
                }
                TokenTree::Literal(literal) => {
                    self.space_after_value();
                    self.push(&literal.to_string(), Before::Value);
                }
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
            }
        }
    }

    fn word(&mut self, word: &str) {
        const KEYWORDS: &[&str] =
            &["as", "else", "if", "in", "let", "match", "move", "mut", "return"];
        self.space_after_value();
        let before = if KEYWORDS.contains(&word) {
            Before::Operator
        } else if word.starts_with(|first: char| first.is_ascii_uppercase()) {
            Before::Type
        } else {
            Before::Value
        };
        self.push(word, before);
    }

    fn operator(&mut self, operator: &str) {
        let after_value = matches!(self.before, Before::Value | Before::Type);
        match operator {
            "::" | "." => self.push(operator, Before::Open),
            "?" => self.push(operator, Before::Value),
            "," | ";" | ":" => self.push(operator, Before::Operator),
            "!" if after_value => self.push(operator, Before::Open),
            "<" if self.before != Before::Value => {
                self.angles += 1;
                self.space();
                self.push(operator, Before::Open);
            }
            ">" if self.angles > 0 => {
                self.angles -= 1;
                self.push(operator, Before::Value);
            }
            "|" if self.in_parameters => {
                self.in_parameters = false;
                self.push(operator, Before::Operator);
            }
            "|" if !after_value => {
                self.in_parameters = true;
                self.space();
                self.push(operator, Before::Open);
            }
            _ if after_value => {
                self.out.push(' ');
                self.push(operator, Before::Operator);
            }
            // Before its only operand, as in `-1` or `&x`.
            _ => {
                self.space();
                self.push(operator, Before::Open);
            }
        }
    }

    fn group(&mut self, delimiter: Delimiter, inside: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace if inside.is_empty() => ("{", "}"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => ("", ""),
        };
        if delimiter == Delimiter::Brace {
            self.space_after_value();
        }
        self.space();
        self.push(open, Before::Open);
        self.stream(inside);
        self.push(close, Before::Value);
    }

    /// The space behind an operator or keyword.
    fn space(&mut self) {
        if self.before == Before::Operator {
            self.out.push(' ');
        }
    }

    /// The space between two words or behind an operator.
    fn space_after_value(&mut self) {
        if self.before != Before::Open {
            self.out.push(' ');
            self.before = Before::Open;
        }
    }

    fn push(&mut self, text: &str, before: Before) {
        self.out.push_str(text);
        self.before = before;
    }
}

#[cfg(test)]
mod tests {
    use super::source_text;

    #[test]
    fn writes_an_expression_as_rustfmt_would() {
        for expression in [
            "Duration::from_secs(5)",
            "5 * 60",
            "-1",
            "!cfg!(debug_assertions)",
            "&[1, 2][..]",
            "vec![\"a b\".to_owned(), DEFAULT.into()]",
            "\"x\".parse::<u8>()?",
            "Vec::<String>::new()",
            "Mode::Strict",
            "if limit > 3 { 1 } else { limit }",
            "list.iter().map(|entry| entry + 1).collect()",
            "Limits { most: 3, ..Limits::default() }",
            "a && !b || c <= d",
            "<Mode as Default>::default()",
            "1 << 20",
            "b\"bytes\" as &[u8]",
        ] {
            let parsed: syn::Expr = syn::parse_str(expression).unwrap();
            assert_eq!(source_text(&parsed), expression);
        }
    }
}
