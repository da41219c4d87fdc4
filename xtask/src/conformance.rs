//! `cargo xtask conformance [ARGS..]`: proves the providers.
//!
//! In: the suite's arguments. Out: the suite's exit status. Next: `suite`.

use std::ffi::OsString;
use std::process::ExitCode;

use crate::suite;

/// Hands the arguments over, untouched.
pub(crate) fn run(args: &[OsString]) -> ExitCode {
    suite::run(args)
}
