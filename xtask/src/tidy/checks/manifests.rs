//! Every crate is held to the workspace's lints.

use crate::tidy::file::{File, Finding};

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    files.iter().filter(|file| is_a_crates(file) && !is_held(file)).map(finding).collect()
}

/// A package's manifest, unless the package is a test's, outside the workspace.
fn is_a_crates(file: &File) -> bool {
    let named = file.path == "Cargo.toml" || file.path.ends_with("/Cargo.toml");
    named && !file.is_test() && file.text.lines().any(|line| line == "[package]")
}

fn is_held(file: &File) -> bool {
    let section = file.text.split("\n[lints]\n").nth(1).unwrap_or_default();
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    lines.into_iter().any(|line| line.trim() == "workspace = true")
}

fn finding(file: &File) -> Finding {
    let remedy = "add `[lints]` with `workspace = true`";
    file.finding(1, "the workspace's lints are not in force", remedy)
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn a_crate_without_the_lints_is_found() {
        let wrong = [
            "[package]\nname = \"a\"\n",
            "[package]\nname = \"a\"\n\n[lints]\n\n[features]\nworkspace = true\n",
        ];
        for text in wrong {
            assert_eq!(
                said(check, "a/Cargo.toml", text),
                ["a/Cargo.toml:1: the workspace's lints are not in force: \
                 add `[lints]` with `workspace = true`",]
            );
        }
    }

    #[test]
    fn a_crate_with_them_the_workspace_and_a_tests_crate_are_right() {
        let right = "[package]\nname = \"a\"\n\n[lints]\nworkspace = true\n";
        assert!(said(check, "a/Cargo.toml", right).is_empty());
        assert!(said(check, "Cargo.toml", "[workspace]\n").is_empty());
        assert!(said(check, "a/tests/outside/Cargo.toml", "[package]\n").is_empty());
    }
}
