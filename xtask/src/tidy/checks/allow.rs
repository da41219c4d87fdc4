//! One line of the product allows a request; everything else can only refuse.

use super::rust;
use crate::tidy::file::{File, Finding};

/// The file with that line.
const GATE: &str = "auth-core/src/gate/walk.rs";

/// What the line says.
const ALLOWS: &str = "Allow::new(";

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let found = rust(files).flat_map(|file| file.code.find(ALLOWS).map(move |token| (file, token)));
    let (inside, outside): (Vec<_>, Vec<_>) = found.partition(|(file, _)| file.path == GATE);
    let mut findings: Vec<_> = outside.iter().map(|(file, at)| stray(file, at.line)).collect();
    findings.extend(inside.iter().skip(1).map(|(file, at)| stray(file, at.line)));
    let gate = files.iter().find(|file| file.path == GATE);
    findings.extend(gate.filter(|_| inside.is_empty()).map(missing));
    findings
}

fn stray(file: &File, line: usize) -> Finding {
    let wrong = format!("`{ALLOWS}..)` a second time");
    file.finding(line, wrong, format!("return a user or an error, and let {GATE} decide"))
}

fn missing(gate: &File) -> Finding {
    gate.finding(1, format!("`{ALLOWS}..)` is not here"), "keep the one place that allows")
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn a_second_place_that_allows_is_found() {
        let twice = "fn f() { Allow::new(user); }\nfn g() { Allow::new(user); }";
        let found = said(check, GATE, twice);
        assert_eq!(
            found,
            ["auth-core/src/gate/walk.rs:2: `Allow::new(..)` a second time: \
             return a user or an error, and let auth-core/src/gate/walk.rs decide",]
        );
        assert_eq!(said(check, "auth-core/src/layer.rs", "fn f() { Allow::new(user); }").len(), 1);
    }

    #[test]
    fn a_gate_that_never_allows_is_found() {
        assert_eq!(said(check, GATE, "//! Gate.").len(), 1);
        assert!(said(check, GATE, "fn f() { Allow::new(user); }").is_empty());
    }
}
