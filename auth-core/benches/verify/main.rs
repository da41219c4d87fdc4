//! What authenticating costs, as ratios: against the bare signature check that nobody can avoid,
//! and against a well-known library, in one run.
//!
//! In: `--format json`, or nothing. Out: one table, or one JSON document. Run it with
//! `cargo xtask bench`; `docs/performance.md` keeps a table with the machine it was made on. Next:
//! `race` (how two costs are compared), `contender` (what runs), `hostile`, `threads`, `report`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the table is what this program is for"
)]

mod contender;
mod hostile;
mod race;
mod report;
mod threads;

use std::process::ExitCode;

use auth_core::Algorithm;

/// What is measured: the algorithms that identity providers sign with.
const ALGORITHMS: [Algorithm; 7] = [
    Algorithm::RS256,
    Algorithm::PS256,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
    Algorithm::HS256,
    Algorithm::HS512,
];

fn main() -> ExitCode {
    // Cargo adds `--bench` of its own accord.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let show = match arguments.as_slice() {
        [] | ["--format", "table"] => report::table,
        ["--format", "json"] => report::json,
        ["--test"] => return ExitCode::SUCCESS,
        _ => {
            eprintln!("usage: cargo xtask bench [--format table|json]");
            return ExitCode::from(2);
        }
    };
    let measured = report::Measured {
        algorithms: ALGORITHMS.map(contender::race).to_vec(),
        hostile: hostile::race(),
        threads: ALGORITHMS.map(threads::gain).to_vec(),
    };
    println!("{}", show(&measured));
    ExitCode::SUCCESS
}
