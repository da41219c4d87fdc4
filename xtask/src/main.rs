//! `cargo xtask …`: the repository's own commands.
//!
//! In: a command line. Out: an exit status. Each command is a file of that name: `conformance` and
//! `demo` hand over to the suite's binary through `suite`; `tidy` is a folder. Next: `suite`.

mod conformance;
mod demo;
mod suite;
mod tidy;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, path};

use clap::{Args, Parser, Subcommand};

/// Shown below the list of commands.
const EXAMPLES: &str = "\
Examples:
  cargo xtask conformance                      prove every provider
  cargo xtask conformance list                 all cases, one line each
  cargo xtask conformance explain sig-alg-none what a case does, and why
  cargo xtask conformance --format json        the report for machines
  cargo xtask conformance --help               everything else that the suite can do
  cargo xtask demo                             a local issuer, a guarded server, curl lines to try
  cargo xtask tidy                             what reviewers would otherwise have to say

Exit status of conformance:
  0  as expected                 3  a subject did not start, or failed its positive control
  1  an unexpected failure       4  the suite did not build: nothing was tested
  2  usage, or nothing matched";

/// The repository's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Prove providers against local identity providers (arguments go to the suite as they are)
    #[command(disable_help_flag = true)]
    Conformance(Passed),
    /// Run a local issuer and a guarded server until interrupted, and print curl lines for them
    #[command(disable_help_flag = true)]
    Demo(Passed),
    /// Check the house rules that neither the compiler nor clippy knows
    Tidy,
}

/// Arguments that are somebody else's to understand.
#[derive(Debug, Args)]
struct Passed {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<OsString>,
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Conformance(passed) => conformance::run(&passed.args),
        Command::Demo(passed) => demo::run(passed.args),
        Command::Tidy => tidy::run(&root()),
    }
}

/// The workspace: the folder above this package's own.
fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").into());
    let parent = path::Path::new(&package).parent();
    parent.map_or_else(|| PathBuf::from("."), path::Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(line: &str) -> Vec<OsString> {
        match Cli::try_parse_from(line.split(' ')).unwrap().command {
            Command::Conformance(passed) | Command::Demo(passed) => passed.args,
            Command::Tidy => panic!("tidy passes nothing on"),
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }

    #[test]
    fn arguments_reach_the_suite_as_they_are() {
        let none: [&str; 0] = [];
        assert_eq!(passed("xtask conformance"), none);
        assert_eq!(passed("xtask conformance --help"), ["--help"]);
        assert_eq!(passed("xtask conformance -h"), ["-h"]);
        assert_eq!(passed("xtask conformance help"), ["help"]);
        assert_eq!(passed("xtask conformance --format json"), ["--format", "json"]);
        assert_eq!(passed("xtask conformance explain sig-*"), ["explain", "sig-*"]);
        assert_eq!(passed("xtask demo --port 8080 -- -x"), ["--port", "8080", "--", "-x"]);
    }

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("Cargo.toml").is_file());
    }
}
