//! The catalogue itself: every case is complete, named by its group, and told in whole sentences.

use std::fs;
use std::path::Path;

use auth_conformance::cases::{self, GROUPS};

#[test]
fn every_case_belongs_to_a_known_group_and_every_group_has_cases() {
    let groups: Vec<_> = GROUPS.iter().map(|(group, _)| *group).collect();
    for case in cases::all() {
        assert!(groups.contains(&case.group()), "{} has no group", case.id);
    }
    for group in groups {
        assert!(cases::all().any(|case| case.group() == group), "{group} is empty");
    }
}

#[test]
fn every_id_is_used_once() {
    let mut ids: Vec<_> = cases::all().map(|case| case.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn every_case_says_what_it_sends_and_why() {
    for case in cases::all() {
        assert!(!case.title.is_empty() && !case.title.ends_with('.'), "{}: title", case.id);
        for text in [case.sends, case.why] {
            assert!(text.ends_with('.'), "{}: {text:?} is no sentence", case.id);
        }
    }
}

#[test]
fn every_case_says_what_must_come_out() {
    let silent: Vec<_> =
        cases::all().filter(|case| case.expectation().is_empty()).map(|case| case.id).collect();
    assert_eq!(silent, [""; 0]);
}

/// The pages that promise an answer and name what shows it.
const PAGES: [&str; 3] =
    ["docs/strictness.md", "auth-core/src/manual/vulnerabilities.md", "ARCHITECTURE.md"];

#[test]
fn what_the_pages_name_as_evidence_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let read = |path: &str| fs::read_to_string(root.join(path));
    let is_group = |name: &str| GROUPS.iter().any(|(group, _)| *group == name);
    let mut named = 0;
    for page in PAGES {
        let text = read(page).unwrap();
        for name in text.split('`').skip(1).step_by(2) {
            if let Some((module, test)) = name.split_once("::").filter(|_| is_a_tests_name(name)) {
                let source = read(&format!("auth-core/tests/core/{module}.rs")).unwrap_or_default();
                assert!(source.contains(&format!("fn {test}(")), "{page}: no test {name}");
                named += 1;
            } else if name
                .split_once('-')
                .is_some_and(|(group, rest)| is_group(group) && rest != "*")
            {
                let is_named = |id: &str| match name.strip_suffix('*') {
                    Some(start) => id.starts_with(start),
                    None => id == name,
                };
                assert!(cases::all().any(|case| is_named(case.id)), "{page}: no case {name}");
                named += 1;
            }
        }
    }
    assert!(named > 150, "only {named} pieces of evidence were found");
}

/// `module::test`: a sentence of several words, which no path of the sources is.
fn is_a_tests_name(name: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let (module, test) = name.split_once("::").unwrap_or_default();
    module.bytes().all(is_word) && test.bytes().all(is_word) && test.matches('_').count() > 2
}
