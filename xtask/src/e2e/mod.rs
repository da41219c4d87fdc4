//! `cargo xtask e2e [NAME..]`: providers against their vendors' own software on this machine.
//!
//! In: names, or none for all. Out: 0 if each that could run passed. What cannot run, for want of
//! Node or of the packages, is skipped, and that is said where nobody overlooks it. Next: `firebase`, `oidc`.

mod firebase;
mod oidc;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use clap::ValueEnum;

use crate::suite::say;

/// Whose software there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Vendor {
    /// The emulator of Firebase Authentication
    Firebase,
    /// A real OpenID provider, the npm package `oidc-provider`
    Oidc,
}

/// What came of one of them.
pub(super) enum Outcome {
    Passed,
    /// What went wrong.
    Failed(String),
    /// What is missing on this machine.
    Skipped(String),
}

/// Runs those that are named, or all.
pub(crate) fn run(root: &Path, named: &[Vendor]) -> ExitCode {
    let all = if named.is_empty() { Vendor::value_variants() } else { named };
    let mut status = ExitCode::SUCCESS;
    for vendor in all {
        let name = vendor.to_possible_value().map(|value| value.get_name().to_owned());
        let name = name.unwrap_or_default();
        let outcome = match vendor {
            Vendor::Firebase => firebase::run(root),
            Vendor::Oidc => oidc::run(root),
        };
        match outcome {
            Outcome::Passed => say(&format!("e2e {name}: passed")),
            Outcome::Skipped(what) => say(&skipped(&name, &what)),
            Outcome::Failed(why) => {
                say(&format!("e2e {name}: FAILED: {why}"));
                status = ExitCode::FAILURE;
            }
        }
    }
    status
}

/// A line that is not overlooked.
fn skipped(name: &str, what: &str) -> String {
    let line = "!".repeat(72);
    format!("\n{line}\n!! e2e {name} was SKIPPED, nothing was tested: {what}\n{line}")
}

/// Whether this program is there and starts.
pub(super) fn starts(program: &str) -> bool {
    let mut command = Command::new(program);
    let command = command.arg("--version").stdin(Stdio::null());
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Installs what a folder's lock file pins, unless this part of it is there.
pub(super) fn install(folder: &Path, part: &str) -> Result<(), Outcome> {
    if folder.join("node_modules").join(part).exists() {
        return Ok(());
    }
    say(&format!("installing what {} pins..", folder.join("package-lock.json").display()));
    let mut npm = Command::new("npm");
    let patience = ["--fetch-retries=1", "--fetch-timeout=60000"];
    let npm = npm.args(["ci", "--no-fund", "--no-audit"]).args(patience).current_dir(folder);
    done(npm, "npm ci").map_err(|why| Outcome::Skipped(format!("no packages: {why}")))
}

/// Runs a command to its end.
pub(super) fn done(command: &mut Command, name: &str) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} ended with {status}")),
        Err(error) => Err(format!("{name} did not start: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_not_there_does_not_start() {
        assert!(!starts("no-such-program-of-this-repository"));
    }

    #[test]
    fn what_was_skipped_is_said_loudly_and_with_its_reason() {
        let line = skipped("firebase", "Node is not installed");
        assert!(line.contains("SKIPPED, nothing was tested: Node is not installed"), "{line}");
        assert!(line.lines().count() == 4, "{line}");
    }

    #[test]
    fn a_command_that_fails_is_named() {
        let error = done(Command::new("false").arg("x"), "it").unwrap_err();
        assert!(error.starts_with("it "), "{error}");
    }
}
