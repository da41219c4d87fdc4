//! The emulator of Firebase Authentication: installed as pinned, started, and given to the test.

use std::path::Path;
use std::process::Command;

use super::{Outcome, build_test, done, install};
use crate::suite::cargo;

/// Where the emulator's version is pinned.
pub(super) const FOLDER: &str = "providers/tests/e2e/firebase";

/// A project that exists in emulators only.
const PROJECT: &str = "demo-acme";

/// What runs while the emulator does: the test is told where by the emulator, and has to run.
const SCRIPT: &str = "\"$E2E_CARGO\" test -q -p auth-providers --test e2e -- firebase";

pub(super) fn tried(folder: &Path) -> Result<(), Outcome> {
    install(folder, ".bin/firebase")?;
    build_test(folder)?;
    let mut emulator = Command::new(folder.join("node_modules/.bin/firebase"));
    let emulator = emulator
        .args(["emulators:exec", "--only", "auth", "--project", PROJECT, SCRIPT])
        .env("E2E_CARGO", cargo().get_program())
        .env("CI", "1")
        .current_dir(folder);
    done(emulator, "the test in the emulator").map_err(Outcome::Failed)
}
