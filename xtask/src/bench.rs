//! `cargo xtask bench`: what authenticating costs, as ratios within one run.
//!
//! In: `--format table|json`. Out: the exit status of the benchmark, which is
//! `auth-core/benches/verify`; `docs/performance.md` says how to read it.

use std::env;
use std::ffi::OsString;
use std::process::{Command, ExitCode};

/// The benchmark did not build or did not start.
const NOT_RUN: u8 = 4;

pub(crate) fn run(args: &[OsString]) -> ExitCode {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["bench", "--quiet", "--package", "auth-core", "--bench", "verify"]);
    command.arg("--manifest-path").arg(crate::root().join("Cargo.toml")).arg("--").args(args);
    let code = command.status().ok().and_then(|status| u8::try_from(status.code()?).ok());
    ExitCode::from(code.unwrap_or(NOT_RUN))
}
