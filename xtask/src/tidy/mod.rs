//! `cargo xtask tidy`: the house rules that neither the compiler nor clippy knows.
//!
//! In: the repository's files. Out: all findings at once, one a line, sorted, and then what `docs`
//! would write otherwise. Next: `file`, what a check is given; `code`, a file as tokens; `checks`,
//! one file a rule.

mod checks;
mod code;
mod file;
mod lex;
mod listing;
mod token;

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use file::{File, Finding};

use crate::{docs, suite};

/// Prints what is to be mended: 1 if there is something.
pub(crate) fn run(root: &Path) -> ExitCode {
    let files = listing::files(root);
    let mut lines: Vec<_> = inspect(&files).iter().map(ToString::to_string).collect();
    suite::say("checking generated documents...");
    // Without the suite nobody knows what they should say: what is known is said all the same.
    let unknown = match docs::stale(root) {
        Ok(stale) => {
            lines.extend(stale);
            None
        }
        Err(status) => Some(status),
    };
    let clean = lines.is_empty() && unknown.is_none();
    if clean {
        lines.push(format!("tidy: {} files, nothing to mend", files.len()));
    }
    // Nobody can be told that nobody listens.
    let _ = lines.iter().try_for_each(|line| writeln!(io::stdout(), "{line}"));
    let status = if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    unknown.unwrap_or(status)
}

/// Every check's findings, in order of place, each once.
fn inspect(files: &[File]) -> BTreeSet<Finding> {
    checks::ALL.iter().flat_map(|check| check(files)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_tidy() {
        let files = listing::files(&crate::root());
        let findings: Vec<_> = inspect(&files).iter().map(ToString::to_string).collect();
        assert!(findings.is_empty(), "to mend:\n{}", findings.join("\n"));
    }

    #[test]
    fn findings_of_all_checks_come_sorted_and_once() {
        let files = [
            File::new("b.rs", "//! B.\n#[ignore]\nfn b() { todo!() }\n"),
            File::new("a.rs", "fn a() { dbg!(dbg!(1)); }\n"),
        ];
        let findings = inspect(&files);
        let places: Vec<_> = findings.iter().map(|found| (found.path(), found.line())).collect();
        assert_eq!(places, [("a.rs", 1), ("a.rs", 1), ("b.rs", 2), ("b.rs", 3)]);
    }
}
