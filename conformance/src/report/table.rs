//! The report for people: a matrix of groups and subjects, then what went wrong, and how to look
//! closer.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{CaseReport, Report, SubjectReport};
use crate::case::{ANOTHER_VENDOR, Case};
use crate::cases;
use crate::verdict::Verdict;

const BOLD: &str = "\x1b[1m";
const GREEN: &str = "\x1b[32m";
const RED: &str = "\x1b[31m";
const YELLOW: &str = "\x1b[33m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// An error that more cases share than this is told once.
const COMMON: usize = 5;

/// The report as text with colours; whoever prints it drops them where they do not belong.
pub fn to_table(report: &Report) -> String {
    let mut text = String::new();
    matrix(&mut text, report);
    of_other_vendors(&mut text, report);
    for subject in &report.subjects {
        skipped(&mut text, subject);
        not_started(&mut text, subject);
        let is_told = |case: &&CaseReport| is_bad(case) && !is_common(subject, case);
        for case in subject.cases.iter().filter(is_told) {
            trouble(&mut text, &subject.name, case);
        }
    }
    summary(&mut text, report);
    text
}

fn is_bad(case: &CaseReport) -> bool {
    matches!(case.verdict, Verdict::Fail | Verdict::NonStrict | Verdict::Error)
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "{line}");
}

fn matrix(text: &mut String, report: &Report) {
    let width = report.subjects.iter().map(|subject| subject.name.len() + 2).max();
    let width = width.unwrap_or(0).max(11);
    let mut head = format!("{BOLD}{:<6}{:<34}", "group", "");
    for subject in &report.subjects {
        let _ = write!(head, "{:>width$}", subject.name);
    }
    line(text, format_args!("{head}{PLAIN}"));
    for (group, title) in cases::GROUPS {
        let cells: Vec<String> =
            report.subjects.iter().map(|subject| cell(subject, group, width)).collect();
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            line(text, format_args!("{group:<6}{title:<34}{}", cells.concat()));
        }
    }
}

/// Passed of judged; a dash when all were skipped, nothing when none was selected.
fn cell(subject: &SubjectReport, group: &str, width: usize) -> String {
    let cases: Vec<_> = subject.cases.iter().filter(|case| case.case.group() == group).collect();
    let count = |verdict| cases.iter().filter(|case| case.verdict == verdict).count();
    let bad = cases.iter().filter(|case| is_bad(case)).count();
    let judged = count(Verdict::Pass) + bad;
    let colour = match (bad, count(Verdict::Fail) + count(Verdict::Error)) {
        (0, _) => GREEN,
        (_, 0) => YELLOW,
        _ => RED,
    };
    match (cases.is_empty(), judged) {
        (true, _) => " ".repeat(width),
        (false, 0) => format!("{DIM}{:>width$}{PLAIN}", "-"),
        _ => format!("{colour}{:>width$}{PLAIN}", format!("{}/{judged}", count(Verdict::Pass))),
    }
}

/// Whether the case's error is that of most cases: the subject is broken, not the case.
fn is_common(subject: &SubjectReport, case: &CaseReport) -> bool {
    let same = |other: &&CaseReport| other.detail == case.detail;
    case.verdict == Verdict::Error && subject.cases.iter().filter(same).count() > COMMON
}

/// An error that many cases share, once.
fn not_started(text: &mut String, subject: &SubjectReport) {
    let errors: BTreeSet<&str> = subject
        .cases
        .iter()
        .filter(|case| is_common(subject, case))
        .filter_map(|case| case.detail.as_deref())
        .collect();
    for error in errors {
        let same = subject.cases.iter().filter(|case| case.detail.as_deref() == Some(error));
        let (name, count) = (&subject.name, same.count());
        line(
            text,
            format_args!("\n{RED}ERROR{PLAIN} {BOLD}{name}{PLAIN} in {count} cases: {error}"),
        );
    }
}

/// What is about other vendors, of all subjects in one line.
fn of_other_vendors(text: &mut String, report: &Report) {
    let cases = report.subjects.iter().flat_map(|subject| &subject.cases);
    let count = cases.filter(|case| case.detail.as_deref() == Some(ANOTHER_VENDOR)).count();
    if count > 0 {
        line(text, format_args!("{DIM}{count} skip: each is about another vendor{PLAIN}"));
    }
}

fn skipped(text: &mut String, subject: &SubjectReport) {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for case in &subject.cases {
        if let (Verdict::Skip | Verdict::Unimplemented, Some(reason)) = (case.verdict, &case.detail)
            && reason != ANOTHER_VENDOR
        {
            let reason = format!("{}: {reason}", case.verdict.word());
            *reasons.entry(reason).or_default() += 1;
        }
    }
    for (reason, count) in reasons {
        let name = &subject.name;
        line(text, format_args!("{DIM}{name}: {count} {reason}{PLAIN}"));
    }
}

fn trouble(text: &mut String, subject: &str, report: &CaseReport) {
    let (case, colour) =
        (report.case, if report.verdict == Verdict::NonStrict { YELLOW } else { RED });
    let verdict = report.verdict.word().to_uppercase();
    line(
        text,
        format_args!(
            "\n{colour}{verdict}{PLAIN} {BOLD}{subject} {}{PLAIN} {}",
            case.id, case.title
        ),
    );
    let look = format!("cargo xtask conformance explain {}", case.id);
    facts(
        text,
        &[
            ("sent", case.sends),
            ("expected", case.expectation()),
            ("seen", report.detail.as_deref().unwrap_or_default()),
            ("because", case.why),
            ("see", &case.references.join(", ")),
            ("look", &look),
        ],
    );
}

/// A line for each fact that there is.
fn facts(text: &mut String, facts: &[(&str, &str)]) {
    for (label, fact) in facts.iter().filter(|(_, fact)| !fact.is_empty()) {
        line(text, format_args!("  {label:9}  {fact}"));
    }
}

fn summary(text: &mut String, report: &Report) {
    let counts: Vec<String> = Verdict::ALL
        .into_iter()
        .filter(|verdict| report.totals.count(*verdict) > 0)
        .map(|verdict| format!("{} {}", report.totals.count(verdict), verdict.word()))
        .collect();
    let (subjects, cases) =
        (report.subjects.len(), report.subjects.first().map_or(0, |subject| subject.cases.len()));
    let result = if report.exit_status() == 0 { GREEN } else { RED };
    line(
        text,
        format_args!("\n{cases} cases, {subjects} subjects: {result}{}{PLAIN}", counts.join(", ")),
    );
}

/// One line a case.
pub fn list(cases: &[&Case]) -> String {
    let mut text = String::new();
    let width = cases.iter().map(|case| case.id.len()).max().unwrap_or(0);
    for case in cases {
        let (level, severity) = (case.level.word(), case.severity.word());
        line(
            &mut text,
            format_args!("{:width$}  {level:6}  {severity:8}  {}", case.id, case.title),
        );
    }
    text
}

/// Everything there is to know about a case.
pub fn explain(case: &Case) -> String {
    let mut text = String::new();
    line(&mut text, format_args!("{BOLD}{}{PLAIN}  {}", case.id, case.title));
    let repeat = format!("cargo xtask conformance --case {}", case.id);
    facts(
        &mut text,
        &[
            ("level", case.level.word()),
            ("severity", case.severity.word()),
            ("sends", case.sends),
            ("expects", case.expectation()),
            ("why", case.why),
            ("see", &case.references.join(", ")),
            ("repeat", &repeat),
        ],
    );
    text
}
