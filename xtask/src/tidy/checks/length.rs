//! No Rust file is longer than a reader's patience.

use super::rust;
use crate::tidy::file::{File, Finding};

/// Lines in a file; half of it is usual.
const MOST: usize = 300;

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    rust(files).filter_map(finding).collect()
}

fn finding(file: &File) -> Option<Finding> {
    let lines = file.text.lines().count();
    let wrong = format!("{lines} lines, more than {MOST}");
    (lines > MOST).then(|| file.finding(MOST + 1, wrong, "make each concept in it a file"))
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn a_file_of_one_line_too_many_is_found() {
        let text = "//\n".repeat(301);
        let found = said(check, "src/a.rs", &text);
        assert_eq!(
            found,
            ["src/a.rs:301: 301 lines, more than 300: make each concept in it a file"]
        );
        assert!(said(check, "src/a.rs", &text[3..]).is_empty());
        assert!(said(check, "a.json", &text).is_empty());
    }
}
