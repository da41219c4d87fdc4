//! Where the claims stand in a document, and of which kind they are: noted while it is read.
//!
//! Used by `strict_json`, which notes, and `document`, which looks up.

use std::ops::Range;

use serde_json::Number;

/// As many claims as a token usually has.
const USUAL: usize = 16;

/// What was noted.
pub(super) struct Outline {
    /// The top level's members: where the name is, and what was found under it.
    pub(super) members: Vec<(Range<usize>, Found)>,
    /// Where the texts of lists are.
    pub(super) texts: Vec<Range<usize>>,
    /// Texts that were written with escapes, without them. They count as standing behind the
    /// document.
    pub(super) unescaped: String,
}

/// A value, as far as anybody asks for it before all values are wanted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found {
    Null,
    Number(Number),
    /// Where the text is.
    Text(Range<usize>),
    /// A list of texts and nothing else: which of the outline's they are.
    Texts(Range<usize>),
    /// True, false, an object, a list of other things.
    Other,
}

impl Outline {
    pub(super) fn new() -> Self {
        Self {
            members: Vec::with_capacity(USUAL),
            texts: Vec::with_capacity(USUAL),
            unescaped: String::new(),
        }
    }

    /// Where a text of this document is.
    pub(super) fn place(&mut self, json: &str, text: &str) -> Range<usize> {
        let Some(first) = text.as_bytes().first() else { return 0..0 };
        let start = json.as_bytes().element_offset(first).unwrap_or_else(|| {
            self.unescaped.push_str(text);
            json.len() + self.unescaped.len() - text.len()
        });
        start..start + text.len()
    }

    /// A list without elements so far.
    pub(super) const fn list(&self) -> Found {
        Found::Texts(self.texts.len()..self.texts.len())
    }

    /// The list with one more element.
    pub(super) fn extend(&mut self, list: Found, element: Found) -> Found {
        match (list, element) {
            (Found::Texts(texts), Found::Text(text)) if texts.end == self.texts.len() => {
                self.texts.push(text);
                Found::Texts(texts.start..self.texts.len())
            }
            _ => Found::Other,
        }
    }
}
