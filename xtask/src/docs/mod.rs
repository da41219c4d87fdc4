//! `cargo xtask docs [--check]`: the documents that repeat what providers say of themselves.
//!
//! In: the suite's description of the registered providers. Out: tables in the README and on every
//! provider's page, and `.env.example`; or which of them are stale. Next: `provider`, what is read;
//! `documents`, what is written.

mod documents;
mod env_example;
mod markers;
mod provider;
mod tables;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use documents::Document;

use crate::suite;

/// What to do about a stale document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Write it anew.
    Write,
    /// Say so, and end with 1.
    Check,
}

/// Ends with 1 when something is to be mended by hand or, when checking, is stale.
pub(crate) fn run(root: &Path, mode: Mode) -> ExitCode {
    match mode {
        Mode::Check => stale(root).map_or_else(|status| status, |stale| told(&stale)),
        Mode::Write => write(root).map_or_else(|status| status, |()| ExitCode::SUCCESS),
    }
}

/// A line for each stale document: where, what is wrong, what to do.
pub(crate) fn stale(root: &Path) -> Result<Vec<String>, ExitCode> {
    let stale = |documents: Vec<Document>| {
        documents.iter().filter(|document| !document.is_right()).map(Document::stale).collect()
    };
    Ok(documents(root)?.map_or_else(|problems| problems, stale))
}

/// Writes those that are stale, and says which.
pub(crate) fn write(root: &Path) -> Result<(), ExitCode> {
    let documents = documents(root)?.map_err(|problems| told(&problems))?;
    for document in documents.iter().filter(|document| !document.is_right()) {
        let line = match document.write(root) {
            Ok(()) => format!("wrote {}", document.path),
            Err(error) => return Err(told(&[format!("{}: {error}", document.path)])),
        };
        print(&line);
    }
    Ok(())
}

fn documents(root: &Path) -> Result<Result<Vec<Document>, Vec<String>>, ExitCode> {
    let json = suite::printed(&["describe", "--format", "json"])?;
    let providers = provider::parse(&json).map_err(|why| told(&[why]))?;
    Ok(documents::all(root, &providers))
}

fn told(lines: &[String]) -> ExitCode {
    for line in lines {
        print(line);
    }
    if lines.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Nobody can be told that nobody listens.
fn print(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
