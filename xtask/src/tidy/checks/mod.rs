//! The rules, one file each: what is wrong, and what to do, as data as far as it goes.
//!
//! In: all files. Out: findings. A new rule is a file here, a line in [`ALL`], and a test that shows
//! the flaw it catches.

mod allow;
mod arrows;
mod functions;
mod length;
mod links;
mod manifests;
mod opening;
mod paths;
mod places;
mod readme;
mod reasons;
mod vendors;
mod walk;
mod words;

use super::file::{File, Finding};

/// A rule.
pub(super) type Check = fn(&[File]) -> Vec<Finding>;

/// All of them; findings are sorted afterwards, so their order has no meaning.
pub(super) const ALL: &[Check] = &[
    allow::check,
    arrows::check,
    functions::check,
    length::check,
    links::check,
    manifests::check,
    opening::check,
    paths::check,
    places::check,
    readme::check,
    reasons::check,
    vendors::check,
    walk::check,
    words::check,
];

/// The Rust files.
fn rust(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|file| file.is("rs"))
}

/// What a rule says about one file, as text, for its test.
#[cfg(test)]
fn said(check: Check, path: &str, text: &str) -> Vec<String> {
    check(&[File::new(path, text)]).iter().map(ToString::to_string).collect()
}
