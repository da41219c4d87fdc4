//! `cargo xtask e2e [NAME..]`: providers against their vendors' own software on this machine.
//!
//! In: names, or none for all. Out: 0 if each that could run passed. What cannot run, for want of
//! Node or of the packages, is skipped, and that is said where nobody overlooks it. Next: `firebase`, `oidc`.

mod firebase;
mod oidc;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use clap::ValueEnum;

use crate::suite::{cargo, say};

/// The oldest Node that the vendors' packages run on.
const NODE: u32 = 20;

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
            Vendor::Firebase => tried(&root.join(firebase::FOLDER), firebase::tried),
            Vendor::Oidc => tried(&root.join(oidc::FOLDER), oidc::tried),
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

/// Tries one of them, if what it runs on is there.
fn tried(folder: &Path, how: fn(&Path) -> Result<(), Outcome>) -> Outcome {
    let node = version("node").and_then(|version| major(&version));
    match (node, version("npm")) {
        (Some(NODE..), Some(_)) => how(folder).err().unwrap_or(Outcome::Passed),
        (Some(NODE..) | None, _) => {
            Outcome::Skipped("Node with npm is not installed (https://nodejs.org)".to_owned())
        }
        (Some(older), _) => {
            Outcome::Skipped(format!("Node {older} is too old: it has to be {NODE} or newer"))
        }
    }
}

/// What this program calls its version, if it is there and starts.
fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first number of a version such as `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

/// Builds the test first: what it is put to need not wait for a compiler.
pub(super) fn build_test(folder: &Path) -> Result<(), Outcome> {
    let mut build = cargo();
    let build = build.args(["test", "-q", "-p", "auth-providers", "--test", "e2e", "--no-run"]);
    done(build.current_dir(folder), "building the test").map_err(Outcome::Failed)
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
    fn a_program_that_is_not_there_has_no_version() {
        assert_eq!(version("no-such-program-of-this-repository"), None);
        for (text, number) in [("v20.20.2\n", Some(20)), ("8.1", Some(8)), ("unknown", None)] {
            assert_eq!(major(text), number, "{text}");
        }
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
