//! `cargo xtask demo [--port N]`: a local issuer and a guarded server to try with curl.
//!
//! In: the demo's arguments. Out: nothing until interrupted. Next: `suite`.

use std::ffi::OsString;
use std::iter;
use std::process::ExitCode;

use crate::suite;

/// The demo is a command of the suite, which has the issuer and the keys already.
pub(crate) fn run(args: Vec<OsString>) -> ExitCode {
    suite::run(&arguments(args))
}

fn arguments(args: Vec<OsString>) -> Vec<OsString> {
    iter::once(OsString::from("demo")).chain(args).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_the_suite_for_its_demo() {
        assert_eq!(arguments(vec!["--port".into(), "8080".into()]), ["demo", "--port", "8080"]);
    }
}
