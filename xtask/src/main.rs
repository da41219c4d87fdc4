//! `cargo xtask …`: the repository's own commands.
//!
//! In: a command line. Out: an exit status. Each command is a file or a folder of that name:
//! `conformance` and `demo` hand over to the suite's binary through `suite`, `docs` asks it.
//! Next: `suite`.

mod bench;
mod conformance;
mod demo;
mod docs;
mod e2e;
mod new_provider;
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
  cargo xtask new-provider acme                a provider, its page, its fake and its snapshot
  cargo xtask new-provider acme --path ../acme the same as a crate of its own
  cargo xtask docs                             tables and `.env.example` from what providers say
  cargo xtask bench                            what verifying costs, beside the bare signature
  cargo xtask e2e                              providers against vendors' own software
  cargo xtask tidy                             what reviewers would otherwise have to say

Exit status of conformance:
  0  as expected                 3  a subject did not start, or failed its positive control
  1  an unexpected failure       4  the suite did not build: nothing was tested
  2  usage, or nothing matched
Of the others: 0 done, 1 something to mend, 2 usage or nothing written, 4 the suite did not build";

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
    /// Write the README's tables, the pages' tables and `.env.example` from what providers say
    Docs {
        /// Write nothing: end with 1 and name the files that are stale
        #[arg(long)]
        check: bool,
    },
    /// Write a provider that works as it is: a domain, an audience, keys fetched from the domain
    NewProvider {
        /// Its name in kebab-case, such as `acme` or `acme-cloud`
        #[arg(value_parser = new_provider::Name::parse)]
        name: new_provider::Name,
        /// Write a crate of its own into this folder, instead of a room in this workspace
        #[arg(long, value_name = "DIR")]
        path: Option<PathBuf>,
    },
    /// Measure what verifying costs, as ratios within one run (`--format json` for machines)
    #[command(disable_help_flag = true)]
    Bench(Passed),
    /// Run providers against their vendors' own software, installed with npm and started here
    E2e {
        /// Whose software; all when none is named
        vendors: Vec<e2e::Vendor>,
    },
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
        Command::Docs { check: true } => docs::run(&root(), docs::Mode::Check),
        Command::Docs { check: false } => docs::run(&root(), docs::Mode::Write),
        Command::NewProvider { name, path: None } => new_provider::in_workspace(&root(), &name),
        Command::NewProvider { name, path: Some(folder) } => {
            new_provider::outside(&root(), &name, &folder)
        }
        Command::Bench(passed) => bench::run(&passed.args),
        Command::E2e { vendors } => e2e::run(&root(), &vendors),
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
            other => panic!("{other:?} passes nothing on"),
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
    fn a_provider_is_named_before_anything_is_written() {
        let named = Cli::try_parse_from(["xtask", "new-provider", "acme", "--path", "x"]).unwrap();
        assert!(matches!(named.command, Command::NewProvider { path: Some(_), .. }));
        let error = Cli::try_parse_from(["xtask", "new-provider", "Acme Cloud"]).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains("write `acme-cloud`"), "{error}");
    }

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("Cargo.toml").is_file());
    }
}
