//! Builds the suite's binary, then becomes it.
//!
//! In: arguments. Out: the binary's own exit status, told apart from that of a failed build: cargo
//! and the suite would both say 1 otherwise; or, where a command needs it, what the binary prints.
//! Next: `auth-conformance`, the package that is run.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write as _};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;
use std::{env, thread};

/// The suite did not build or did not start; the suite itself ends with 0 to 3.
const NOT_BUILT: u8 = 4;

/// A build that takes longer than this has something to do, and should say so.
const PATIENCE: Duration = Duration::from_millis(800);

/// Builds, then runs with these arguments.
pub(crate) fn run(args: &[OsString]) -> ExitCode {
    match built() {
        Ok(()) => hand_over(suite("run").arg("--").args(args)),
        Err(status) => status,
    }
}

/// Builds, then returns what is printed with these arguments; or the exit status to end with, when
/// there is nothing, and somebody has been told why.
pub(crate) fn printed(args: &[&str]) -> Result<String, ExitCode> {
    built()?;
    let mut command = suite("run");
    let output = command.arg("--").args(args).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| give_up(&format!("cargo did not start: {error}")))?;
    if output.status.success() {
        let text = String::from_utf8(output.stdout);
        return text.map_err(|error| give_up(&format!("the suite printed no text: {error}")));
    }
    let why = format!("`conformance {}` ended with {}", args.join(" "), output.status);
    say(&why);
    Err(status_of(output.status))
}

/// A cargo that does not know that we were called through cargo.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os().filter(|(name, _)| describes_this_package(name)) {
        command.env_remove(name);
    }
    command
}

/// To stderr: stdout belongs to the report. Nobody can be told that nobody listens.
pub(crate) fn say(text: &str) {
    let _ = writeln!(io::stderr(), "xtask: {text}");
}

fn built() -> Result<(), ExitCode> {
    match build() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => {
            let why = "the conformance suite did not build, so nothing ran: see the errors above";
            Err(give_up(why))
        }
        Err(error) => Err(give_up(&format!("cargo did not start: {error}"))),
    }
}

/// Quiet, but not silent: a first build takes minutes, and a reader wants to know why.
fn build() -> io::Result<ExitStatus> {
    let mut child = suite("build").spawn()?;
    let (done, finished) = mpsc::channel();
    thread::spawn(move || done.send(child.wait()));
    match finished.recv_timeout(PATIENCE) {
        Ok(status) => status,
        Err(RecvTimeoutError::Timeout) => {
            say("building the conformance suite...");
            finished.recv().unwrap_or_else(|lost| Err(io::Error::other(lost)))
        }
        Err(lost) => Err(io::Error::other(lost)),
    }
}

/// `cargo VERB` for the suite's binary.
fn suite(verb: &str) -> Command {
    let mut command = cargo();
    command.args([verb, "--quiet", "--package", "auth-conformance", "--bin", "conformance"]);
    command.arg("--manifest-path").arg(crate::root().join("Cargo.toml"));
    command
}

/// Variables with which cargo tells a program about its package. Build scripts watch some of them:
/// passed on, they would make cargo build again what is built.
fn describes_this_package(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// Becomes the suite: its exit status is ours, and an interrupt reaches it without a middleman.
#[cfg(unix)]
fn hand_over(command: &mut Command) -> ExitCode {
    use std::os::unix::process::CommandExt as _;
    let error = command.exec();
    give_up(&format!("cargo did not start: {error}"))
}

/// Waits for the suite and ends as it ended.
#[cfg(not(unix))]
fn hand_over(command: &mut Command) -> ExitCode {
    match command.status() {
        Ok(status) => status_of(status),
        Err(error) => give_up(&format!("cargo did not start: {error}")),
    }
}

pub(crate) fn status_of(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    ExitCode::from(code.unwrap_or(NOT_BUILT))
}

pub(crate) fn give_up(why: &str) -> ExitCode {
    say(why);
    ExitCode::from(NOT_BUILT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgets_what_cargo_said_about_this_package_only() {
        assert!(describes_this_package(OsStr::new("CARGO_PKG_NAME")));
        assert!(describes_this_package(OsStr::new("CARGO_MANIFEST_DIR")));
        assert!(!describes_this_package(OsStr::new("CARGO_TARGET_DIR")));
        assert!(!describes_this_package(OsStr::new("CARGO")));
    }

    #[test]
    fn runs_the_binary_and_nothing_else() {
        let command = suite("run");
        let words: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
        assert_eq!(words[..2], ["run", "--quiet"]);
        assert_eq!(words[2..6], ["--package", "auth-conformance", "--bin", "conformance"]);
    }
}
