//! Providers against their vendors' own software on this machine, over real HTTP and in real time.
//!
//! In: where that software listens, from `cargo xtask e2e`, which installs and starts it, and the
//! names of those that have to run. What is not there is skipped, and that is said on the terminal:
//! so this test is a program of its own, for nobody reads what a test that passes prints.

#![expect(clippy::print_stderr, reason = "what was skipped has to be seen, and what was tried")]

mod firebase;
mod oidc;

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
    let mut status = ExitCode::SUCCESS;
    for (name, run) in [("firebase", firebase::run as fn() -> Outcome), ("oidc", oidc::run)] {
        let is_wanted = wanted.iter().any(|wanted| wanted == name);
        if !is_wanted && !wanted.is_empty() {
            continue;
        }
        match run() {
            Outcome::Passed => eprintln!("e2e {name}: passed"),
            Outcome::Skipped(why) if is_wanted => {
                eprintln!("e2e {name}: FAILED, it had to run: {why}");
                status = ExitCode::FAILURE;
            }
            Outcome::Skipped(why) => eprintln!("e2e {name}: SKIPPED: {why}"),
        }
    }
    status
}
