//! What a check is given, and what it gives back.
//!
//! In: a path and a text. Out: a [`File`]; a [`Finding`] about it. Next: `code`.

use std::fmt::{self, Display, Formatter};

use super::code::Code;

/// A file of the repository; its path is relative to the root, with slashes.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: String,
    /// Empty for what is not UTF-8.
    pub(super) text: String,
    /// Empty for what is not Rust.
    pub(super) code: Code,
}

impl File {
    pub(super) fn new(path: &str, text: &str) -> Self {
        let mut file = Self { path: path.to_owned(), text: text.to_owned(), code: Code::default() };
        if file.is("rs") {
            file.code = Code::read(text);
        }
        file
    }

    /// Whether the name ends like this, case included.
    pub(super) fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
    }

    /// Whether it lies in one of these folders, written `auth-core/src`.
    pub(super) fn is_in(&self, folders: &[&str]) -> bool {
        let below = |folder: &&str| self.path.strip_prefix(*folder).is_some_and(is_rest);
        folders.iter().any(below)
    }

    /// Whether all of it exists for tests.
    pub(super) fn is_test(&self) -> bool {
        self.path.split('/').any(|part| part == "tests" || part == "tests.rs")
    }

    /// Whether it is a compiler's exercise, which may be wrong in any way.
    pub(super) fn is_exercise(&self) -> bool {
        self.path.contains("tests/ui/")
    }

    /// Something to mend at a line.
    pub(super) fn finding(
        &self,
        line: usize,
        wrong: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Finding {
        Finding { path: self.path.clone(), line, wrong: wrong.into(), remedy: remedy.into() }
    }
}

fn is_rest(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

/// Something to mend.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Finding {
    path: String,
    line: usize,
    wrong: String,
    remedy: String,
}

impl Display for Finding {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self { path, line, wrong, remedy } = self;
        write!(out, "{path}:{line}: {wrong}: {remedy}")
    }
}

#[cfg(test)]
impl Finding {
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn line(&self) -> usize {
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_one_line_with_place_fault_and_remedy() {
        let finding = File::new("a/b.md", "").finding(7, "it is wrong", "do right");
        assert_eq!(finding.to_string(), "a/b.md:7: it is wrong: do right");
    }

    #[test]
    fn a_folder_is_no_prefix_of_another_name() {
        assert!(File::new("auth-core/src/gate.rs", "").is_in(&["auth-core/src"]));
        assert!(!File::new("auth-core/srcs/gate.rs", "").is_in(&["auth-core/src"]));
        assert!(File::new("auth-core/src/http.rs", "").is_in(&["auth-core/src/http.rs"]));
    }
}
