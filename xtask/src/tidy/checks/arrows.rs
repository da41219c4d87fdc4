//! No arrow points from the mechanism to a vendor, or from a product to its tools.

use crate::tidy::file::{File, Finding};

/// A crate's folder, and which of ours it never depends on.
const NEVER: [(&str, &[&str]); 4] = [
    ("auth-core", &["auth-providers", "auth-conformance", "xtask"]),
    ("auth-derive", &["auth-core", "auth-providers", "auth-conformance", "xtask"]),
    ("providers", &["auth-derive", "auth-conformance", "xtask"]),
    ("xtask", &["auth-core", "auth-derive", "auth-providers", "auth-conformance"]),
];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    NEVER.iter().flat_map(|(folder, never)| against(files, folder, never)).collect()
}

fn against(files: &[File], folder: &str, never: &[&str]) -> Vec<Finding> {
    let path = format!("{folder}/Cargo.toml");
    let Some(file) = files.iter().find(|file| file.path == path) else { return Vec::new() };
    let arrows = dependencies(&file.text).filter(|(_, name)| never.contains(name));
    arrows.map(|(line, name)| finding(file, line, folder, name)).collect()
}

fn finding(file: &File, line: usize, folder: &str, name: &str) -> Finding {
    let wrong = format!("{folder} depends on {name}");
    file.finding(line, wrong, "turn the arrow round: the other may depend on this")
}

/// What a package is built from; its tests may use anything.
fn dependencies(manifest: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut inside = false;
    manifest.lines().enumerate().filter_map(move |(index, line)| {
        if line.starts_with('[') {
            inside = line == "[dependencies]";
            return None;
        }
        let name = line.split(['.', '=', ' ']).next()?;
        inside.then_some((index + 1, name))
    })
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn a_core_that_depends_on_a_vendor_is_found() {
        let text = "[package]\n[dependencies]\nauth-providers.workspace = true\n";
        assert_eq!(
            said(check, "auth-core/Cargo.toml", text),
            ["auth-core/Cargo.toml:3: auth-core depends on auth-providers: \
             turn the arrow round: the other may depend on this",]
        );
    }

    #[test]
    fn the_right_direction_and_tests_are_free() {
        let text = "[dependencies]\nauth-core.workspace = true\n[dev-dependencies]\n\
                    auth-conformance.workspace = true\n";
        assert!(said(check, "providers/Cargo.toml", text).is_empty());
    }
}
