//! Providers against their vendors' own software on this machine, over real HTTP and in real time.
//!
//! In: where that software listens, from `cargo xtask e2e`, which installs and starts it, and the
//! names of those that have to run. What is not there is skipped, and that is said on the terminal:
//! so this test is a program of its own, for nobody reads what a test that passes prints.

#![expect(clippy::print_stderr, reason = "what was skipped has to be seen, and what was tried")]

mod firebase;

use std::env;
use std::process::ExitCode;

/// What came of one of them.
enum Outcome {
    Passed,
    /// Why it did not run.
    Skipped(&'static str),
}

fn main() -> ExitCode {
    let wanted: Vec<_> =
        env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    match firebase::run() {
        Outcome::Passed => eprintln!("e2e firebase: passed"),
        Outcome::Skipped(why) if wanted.iter().any(|name| name == "firebase") => {
            eprintln!("e2e firebase: FAILED, it had to run: {why}");
            return ExitCode::FAILURE;
        }
        Outcome::Skipped(why) => eprintln!("e2e firebase: SKIPPED: {why}"),
    }
    ExitCode::SUCCESS
}
