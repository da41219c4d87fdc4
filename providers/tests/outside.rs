//! A provider in a crate outside the workspace, written from the README alone, compiles and
//! verifies a token.
//!
//! The crate is `tests/outside`, no member of the workspace. It is tested by a cargo of its own,
//! with the workspace's lock file, profile and target folder, so that little is built twice and
//! nothing is fetched.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace's profile, which a crate outside it does not inherit.
const PROFILE: [&str; 4] = [
    "--config",
    "profile.dev.debug='line-tables-only'",
    "--config",
    "profile.dev.package.aws-lc-sys.opt-level=3",
];

/// The target folder that this very test was built into.
fn target() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().to_owned()
}

#[test]
fn a_provider_outside_the_workspace_compiles_and_verifies_a_token() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let outside = here.join("tests/outside");
    std::fs::copy(here.join("../Cargo.lock"), outside.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--quiet"])
        .args(PROFILE)
        .current_dir(&outside)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}\n{complaint}");
    assert!(printed.contains("3 passed"), "{printed}");
}
