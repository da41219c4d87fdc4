//! Every Rust file opens with `//!`: what comes in, what goes out, where to read next.

use super::rust;
use crate::tidy::file::{File, Finding};

/// Long documentation may stand in a file of its own.
const OPENINGS: [&str; 2] = ["//!", "#![doc = include_str!("];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let closed = |file: &&File| !OPENINGS.iter().any(|opening| file.text.starts_with(opening));
    let exercise = |file: &&File| !file.is_exercise();
    rust(files).filter(exercise).filter(closed).map(finding).collect()
}

fn finding(file: &File) -> Finding {
    let remedy = "begin with what comes in, what goes out, and where to read next";
    file.finding(1, "the file does not open with `//!`", remedy)
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn a_file_that_starts_with_code_is_found() {
        let found = said(check, "src/a.rs", "use std::fmt;\n");
        assert_eq!(
            found,
            ["src/a.rs:1: the file does not open with `//!`: \
             begin with what comes in, what goes out, and where to read next",]
        );
    }

    #[test]
    fn documentation_of_either_kind_will_do_and_exercises_need_none() {
        assert!(said(check, "src/a.rs", "//! A.\n").is_empty());
        assert!(said(check, "src/lib.rs", "#![doc = include_str!(\"lib.md\")]\n").is_empty());
        assert!(said(check, "auth-derive/tests/ui/a.rs", "fn main() {}\n").is_empty());
    }
}
