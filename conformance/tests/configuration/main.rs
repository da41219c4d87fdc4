//! The cases about configuration: a sound provider passes each of them, and a flawed one fails
//! those that are about its flaw, and no other.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod given;
mod leaks;
mod precedence;
mod sound;
mod wrong;

use auth_conformance::report::{CaseReport, Report, to_table};
use auth_conformance::subject::Registered;
use auth_conformance::suite::{self, Selection};
use auth_conformance::verdict::Verdict;

use sound::Sound;

/// The group's cases, put to one subject.
async fn asked(subject: Registered) -> Report {
    let selection = Selection::parse(&[], &["cfg".to_owned()], &[]).unwrap();
    suite::run(&[subject], &selection).await
}

/// What came of a case.
fn case<'r>(report: &'r Report, id: &str) -> &'r CaseReport {
    report.subjects[0].cases.iter().find(|it| it.case.id == id).unwrap()
}

/// The flawed provider fails exactly these cases, and the suite itself breaks on none.
async fn must_fail(subject: Registered, expected: &[&str]) {
    let report = asked(subject).await;
    let of = |verdict: Verdict| {
        let cases = report.subjects[0].cases.iter().filter(move |case| case.verdict == verdict);
        cases.map(|case| case.case.id).collect::<Vec<_>>()
    };
    assert_eq!(of(Verdict::Error), [""; 0], "{}", to_table(&report));
    assert_eq!(of(Verdict::Fail), expected, "{}", to_table(&report));
}

#[tokio::test]
async fn a_sound_provider_with_every_kind_of_option_passes_every_case() {
    let report = asked(Registered::of::<Sound>()).await;
    let passed = report.totals.count(Verdict::Pass);
    assert_eq!(passed, report.subjects[0].cases.len(), "{}", to_table(&report));
    assert!(passed >= 30, "{passed} cases");
}
