//! A subject's decisions as text: what was answered to each token of each case.
//!
//! In: a report. Out: stable lines for a snapshot, free of times, keys and anything random. A new
//! line is a new case; a changed one is a change of behaviour.

use crate::case::ANOTHER_VENDOR;
use crate::report::{CaseReport, SubjectReport};
use crate::verdict::Verdict;

/// Every decision about this subject; what is about another vendor is no decision about it.
pub fn decisions(subject: &SubjectReport) -> String {
    let is_apt = |case: &&CaseReport| case.detail.as_deref() != Some(ANOTHER_VENDOR);
    subject.cases.iter().filter(is_apt).map(lines).collect()
}

/// The case's id and verdict, then each answer; the same answer many times is one line.
fn lines(report: &CaseReport) -> String {
    let mut text = format!("{}: {}", report.case.id, report.verdict.word());
    if let (Verdict::Skip | Verdict::Unimplemented, Some(reason)) = (report.verdict, &report.detail)
    {
        text.push_str(" (");
        text.push_str(reason);
        text.push(')');
    }
    text.push('\n');
    let mut answers: Vec<&String> = report.observations.iter().collect();
    answers.dedup();
    for answer in answers {
        for line in answer.lines() {
            text.push_str("    ");
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}
