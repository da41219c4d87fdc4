//! `conformance`: the command in front of the suite.
//!
//! In: arguments. Out: a report on standard output, progress on standard error, an exit status:
//! 0 as expected, 1 an unexpected failure, 2 usage or nothing matched, 3 a subject did not start
//! or refused what is good. Next: `arguments`, then `run`.

mod arguments;
mod composite;
mod demo;
mod describe;
mod described;
mod output;
mod run;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

// Providers register themselves when their crate is linked, which takes a mention.
use auth_providers as _;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.command {
        None => run::run(&arguments.run).await,
        Some(Command::List(filters)) => run::list(&filters),
        Some(Command::Explain { id }) => run::explain(&id),
        Some(Command::Describe { providers, format }) => describe::run(&providers, format),
        Some(Command::Demo { port }) => demo::run(port).await,
    }
}
