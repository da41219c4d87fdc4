//! `cargo xtask bench`: what authenticating costs, as ratios within one run.
//!
//! In: `--format table|json`. Out: the exit status of the benchmark, which is
//! `auth-core/benches/verify`; `docs/performance.md` says how to read it. Next: `suite`.

use std::ffi::OsString;
use std::process::ExitCode;

use crate::suite;

pub(crate) fn run(args: &[OsString]) -> ExitCode {
    let mut command = suite::cargo();
    command.args(["bench", "--quiet", "--package", "auth-core", "--bench", "verify"]);
    command.arg("--manifest-path").arg(crate::root().join("Cargo.toml")).arg("--").args(args);
    match command.status() {
        Ok(status) => suite::status_of(status),
        Err(error) => suite::give_up(&format!("cargo did not start: {error}")),
    }
}
