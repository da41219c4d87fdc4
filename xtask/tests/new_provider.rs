//! A provider that `cargo xtask new-provider --path` writes works as it is: its tests, which are the
//! conformance suite, pass with no edit.
//!
//! The crate is built with the workspace's lock file, profile and target folder, so that little is
//! built twice and nothing is fetched.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The target folder that this very test was built into.
fn target() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().to_owned()
}

/// In a folder, with the workspace's profile, which a crate outside it does not inherit.
fn run(program: &str, arguments: &[&str], folder: &Path) -> Output {
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target())
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")
        .env("INSTA_UPDATE", "no")
        .output()
        .unwrap()
}

#[test]
fn a_provider_in_a_crate_of_its_own_passes_the_suite_as_it_is() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-provider");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let scaffold = || {
        let arguments = ["new-provider", "scaffolded-acme", "--path", "acme"];
        run(env!("CARGO_BIN_EXE_xtask"), &arguments, &folder)
    };
    let written = scaffold();
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    let snapshot = folder.join("acme/tests/snapshots/conformance__decisions.snap");
    let decisions = fs::read_to_string(&snapshot).unwrap();
    assert!(decisions.contains("\nsig-alg-none: pass\n"), "{decisions}");

    let tested = run(env!("CARGO"), &["test", "--quiet"], &folder.join("acme"));
    assert!(tested.status.success(), "{}", String::from_utf8_lossy(&tested.stdout));
    fs::write(&snapshot, decisions.replace("sig-alg-none: pass", "sig-alg-none: fail")).unwrap();
    let changed = run(env!("CARGO"), &["test", "--quiet"], &folder.join("acme"));
    assert!(!changed.status.success(), "a changed decision is seen");

    let again = scaffold();
    assert_eq!(again.status.code(), Some(2));
    let complaint = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(
        complaint.contains("nothing was written:\n  Cargo.toml is there already"),
        "{complaint}"
    );
}
