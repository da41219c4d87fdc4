//! Runs, lists and explains cases.

use std::process::ExitCode;

use auth_conformance::cases;
use auth_conformance::report::{self, Report, SubjectReport};
use auth_conformance::snapshot;
use auth_conformance::suite::{self, Selection};

use super::arguments::{Filters, Format, Run};
use super::composite::subjects;
use super::output;

const USAGE: u8 = 2;

/// Runs what was asked for.
pub(crate) async fn run(arguments: &Run) -> ExitCode {
    let subjects = subjects();
    let selection = match select(&arguments.providers, &arguments.filters) {
        Ok(selection) => selection,
        Err(complaint) => return usage(&complaint),
    };
    if subjects.is_empty() {
        return usage("no provider is registered: mention their crate with `use that_crate as _;`");
    }
    if let Err(complaint) = selection.check(&subjects) {
        return usage(&complaint);
    }
    if selection.cases().is_empty() {
        return usage("no case matches both --group and --case");
    }
    let report = suite::run_with(&subjects, &selection, output::progress).await;
    print(&report, arguments.format);
    ExitCode::from(if arguments.strict {
        report.strict_exit_status()
    } else {
        report.exit_status()
    })
}

/// Lists what was asked for.
pub(crate) fn list(filters: &Filters) -> ExitCode {
    match select(&[], filters).and_then(|chosen| chosen.check(&subjects()).map(|()| chosen)) {
        Ok(selection) if selection.cases().is_empty() => {
            usage("no case matches both --group and --case")
        }
        Ok(selection) => {
            output::result(&report::list(&selection.cases()));
            ExitCode::SUCCESS
        }
        Err(complaint) => usage(&complaint),
    }
}

/// Explains a case.
pub(crate) fn explain(id: &str) -> ExitCode {
    match cases::find(id) {
        Some(case) => {
            output::result(&report::explain(case));
            ExitCode::SUCCESS
        }
        None => usage(&format!("there is no case `{id}`: see `cargo xtask conformance list`")),
    }
}

/// What these patterns choose.
pub(crate) fn select(providers: &[String], filters: &Filters) -> Result<Selection, String> {
    Selection::parse(providers, &filters.group, &filters.case)
}

fn print(report: &Report, format: Format) {
    match format {
        Format::Table => output::result(&report::to_table(report)),
        Format::Json => output::result(&format!("{}\n", report::to_json(report))),
        Format::Decisions => output::result(&decisions(report)),
    }
}

/// One subject's as a snapshot keeps them; several, each under its name.
fn decisions(report: &Report) -> String {
    match report.subjects.as_slice() {
        [subject] => snapshot::decisions(subject),
        subjects => subjects.iter().map(headed).collect(),
    }
}

fn headed(subject: &SubjectReport) -> String {
    format!("# {}\n{}", subject.name, snapshot::decisions(subject))
}

/// Says what is wrong with what was asked.
pub(crate) fn usage(complaint: &str) -> ExitCode {
    output::complaint(&format!("error: {complaint}"));
    ExitCode::from(USAGE)
}
