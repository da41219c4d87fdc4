//! A JSON object that was read strictly, once: its text, and where in it the claims are.
//!
//! In: bytes. Out: single claims, looked up in the text; or all of them as JSON values, which are
//! made when they are first wanted, since most requests never want them. Next: `claims`.

use std::ops::Range;
use std::sync::OnceLock;

use serde_json::{Map, Number, Value};

use super::names::is_same;
use super::outline::{Found, Outline};
use super::strict_json;

/// One JSON object with each member once.
pub(super) struct Document {
    /// The JSON, and behind it the texts that have escapes in it, without them.
    text: String,
    /// Where the JSON ends.
    end: usize,
    members: Vec<(Range<usize>, Found)>,
    texts: Vec<Range<usize>>,
    values: OnceLock<Map<String, Value>>,
}

/// A claim, as far as rules look at it.
pub(crate) enum Claim<'d> {
    Null,
    Number(&'d Number),
    Text(&'d str),
    /// A list of texts and nothing else.
    Texts(Texts<'d>),
    /// True, false, an object, a list of other things.
    Other,
}

/// The texts of a list.
#[derive(Clone)]
pub(crate) struct Texts<'d> {
    text: &'d str,
    places: std::slice::Iter<'d, Range<usize>>,
}

impl Document {
    /// Reads it; `None` when it is anything else than one object with each member once.
    pub(super) fn read(json: Vec<u8>) -> Option<Self> {
        let mut text = String::from_utf8(json).ok()?;
        let Outline { members, texts, unescaped } = strict_json::outline(&text)?;
        let end = text.len();
        text.push_str(&unescaped);
        Some(Self { text, end, members, texts, values: OnceLock::new() })
    }

    /// The object without members.
    pub(super) fn empty() -> Self {
        let (text, members, texts) = ("{}".to_owned(), Vec::new(), Vec::new());
        Self { end: text.len(), text, members, texts, values: OnceLock::new() }
    }

    /// The document as it came.
    pub(super) fn json(&self) -> &str {
        &self.text[..self.end]
    }

    /// How many members it has.
    pub(super) const fn len(&self) -> usize {
        self.members.len()
    }

    /// A member.
    pub(super) fn find(&self, name: &str) -> Option<Claim<'_>> {
        let (text, name) = (self.text.as_bytes(), name.as_bytes());
        let is_named = |(place, _): &&(Range<usize>, Found)| {
            place.len() == name.len() && is_same(&text[place.clone()], name)
        };
        let (_, found) = self.members.iter().find(is_named)?;
        Some(match found {
            Found::Null => Claim::Null,
            Found::Number(number) => Claim::Number(number),
            Found::Text(place) => Claim::Text(&self.text[place.clone()]),
            Found::Texts(range) => {
                let places = self.texts[range.clone()].iter();
                Claim::Texts(Texts { text: &self.text, places })
            }
            Found::Other => Claim::Other,
        })
    }

    /// All members as JSON values.
    pub(super) fn values(&self) -> &Map<String, Value> {
        self.values.get_or_init(|| {
            serde_json::from_str(self.json()).expect("it was read before, more strictly")
        })
    }
}

impl<'d> Iterator for Texts<'d> {
    type Item = &'d str;

    fn next(&mut self) -> Option<&'d str> {
        self.places.next().map(|place| &self.text[place.clone()])
    }
}
