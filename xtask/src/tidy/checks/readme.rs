//! The README lists every provider that there is.

use super::rust;
use crate::tidy::file::{File, Finding};
use crate::tidy::token::Token;

/// Around the table of providers.
const MARKERS: (&str, &str) = ("<!-- providers:begin -->", "<!-- providers:end -->");

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let readme = files.iter().find(|file| file.path == "README.md");
    let table = readme.and_then(|readme| Some((readme, readme.text.split_once(MARKERS.0)?)));
    table
        .and_then(|(readme, (before, after))| compare(files, readme, before, after))
        .into_iter()
        .collect()
}

fn compare(files: &[File], readme: &File, before: &str, after: &str) -> Option<Finding> {
    let table = after.split(MARKERS.1).next().unwrap_or(after);
    // Without the header and the line under it.
    let listed = table.lines().filter(|line| line.starts_with('|')).count().saturating_sub(2);
    let rooms = rust(files).filter(|file| file.is_in(&["providers/src"]));
    let derived: usize = rooms.map(providers).sum();
    let wrong = format!("{listed} providers are listed, {derived} are derived in providers/src");
    let line = before.lines().count() + 1;
    (listed != derived).then(|| readme.finding(line, wrong, "give each provider one row"))
}

/// How many providers a file derives, less those that say `register = false`: nothing that is
/// generated knows of them.
fn providers(file: &File) -> usize {
    let outside_tests = |attribute: &&[Token]| attribute.iter().all(|token| !token.test);
    let count = |words: [&str; 2]| {
        let attributes = file.code.attributes().filter(outside_tests);
        attributes.filter(|attribute| has(attribute, words)).count()
    };
    count(["derive", "AuthProvider"]).saturating_sub(count(["register", "false"]))
}

fn has(attribute: &[Token], words: [&str; 2]) -> bool {
    words.iter().all(|word| attribute.iter().any(|token| token.text == *word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# Title\n<!-- providers:begin -->\n| provider |\n|---|\n| Acme |\n\
                         <!-- providers:end -->\n| more | rows |\n";

    fn said(readme: &str, source: &str) -> Vec<String> {
        let source = File::new("providers/src/acme.rs", source);
        let findings = check(&[File::new("README.md", readme), source]);
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_provider_that_is_not_listed_is_found() {
        let two = "#[derive(AuthProvider)] struct A;\n#[derive(Clone, AuthProvider)] struct B;";
        assert_eq!(
            said(TABLE, two),
            ["README.md:2: 1 providers are listed, 2 are derived in providers/src: \
             give each provider one row",]
        );
    }

    #[test]
    fn a_complete_table_is_right_and_no_table_is_no_promise() {
        let one = "#[derive(AuthProvider)] struct A;\n#[cfg(test)] mod tests {
                   #[derive(AuthProvider)] struct InATest; }";
        assert!(said(TABLE, one).is_empty());
        let apart = "#[derive(AuthProvider)] #[auth(name = \"b\", register = false)] struct B;";
        assert!(said(TABLE, &format!("{one}\n{apart}")).is_empty());
        assert!(said("# Title\n", one).is_empty());
    }
}
