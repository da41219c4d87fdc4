//! The catalogue itself: every case is complete, named by its group, and told in whole sentences.

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
