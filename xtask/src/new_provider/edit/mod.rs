//! Changes to texts that people wrote: a line more, where it belongs by name.
//!
//! In: a text. Out: the text with the line; or why there is no place for it, or none free. One file
//! a kind of place: `list`, `item`, `feature`, `changelog`. Next: `workspace`, which says what is
//! changed.

mod changelog;
mod feature;
mod item;
mod list;

pub(super) use changelog::added;
pub(super) use feature::feature;
pub(super) use item::item;
pub(super) use list::list;
