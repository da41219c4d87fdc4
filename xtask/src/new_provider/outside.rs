//! A provider as a crate of its own, anywhere.
//!
//! In: this checkout, a folder and a name. Out: the plan of the crate, and its tests run once, which
//! writes the snapshot of its decisions. Next: `plan`.

use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::{fs, io};

use super::plan::Plan;
use super::{Name, template};
use crate::suite;

/// The crate's files.
pub(super) fn plan(root: &Path, name: &Name, folder: &Path) -> Plan {
    let mut plan = Plan::new(folder);
    match manifest(root, name, folder) {
        Ok(text) => plan.create("Cargo.toml", text),
        Err(problem) => plan.refuse(problem),
    }
    // The versions that are tested here; cargo takes out what the crate does not need.
    match fs::read_to_string(root.join("Cargo.lock")) {
        Ok(text) => plan.create("Cargo.lock", text),
        Err(error) => plan.refuse(format!("Cargo.lock of this checkout: {error}")),
    }
    plan.create("src/lib.rs", template::filled(template::PROVIDER, name));
    plan.create("tests/conformance.rs", template::filled(template::CONFORMANCE, name));
    plan.create("README.md", template::filled(template::README, name));
    plan.create(".gitignore", template::GITIGNORE);
    if folder.join("tests/snapshots").exists() {
        plan.refuse("tests/snapshots is there already");
    }
    plan
}

/// Runs the crate's tests, quietly unless they fail, and keeps the snapshot that they write.
pub(super) fn prove(folder: &Path) -> io::Result<ExitStatus> {
    let mut command = suite::cargo();
    command.args(["test", "--quiet"]).current_dir(folder).env("INSTA_UPDATE", "always");
    let output = command.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        suite::say(String::from_utf8_lossy(&output.stdout).trim_end());
        suite::say(String::from_utf8_lossy(&output.stderr).trim_end());
    }
    Ok(output.status)
}

/// What stands to be done by somebody who knows the vendor.
pub(super) fn next_steps(folder: &Path) -> String {
    let folder = folder.display();
    format!(
        "\nIt works as it is. Hold it against what the vendor says of its tokens:\n\
         \x20 {folder}/src/lib.rs  where its keys are, how its issuer is spelt, which options it has\n\
         After each change, in {folder}:\n\
         \x20 cargo test                        # runs the conformance suite against it\n\
         \x20 INSTA_UPDATE=always cargo test    # accepts changed decisions: then read the diff"
    )
}

fn manifest(root: &Path, name: &Name, folder: &Path) -> Result<String, String> {
    let path = root.join("Cargo.toml");
    let ours = fs::read_to_string(path).map_err(|error| format!("this checkout: {error}"))?;
    let root = root.canonicalize().map_err(|error| format!("this checkout: {error}"))?;
    let root = root.to_str().ok_or("the path of this checkout is no UTF-8")?.replace('\\', "/");
    let own = if is_in_a_workspace(folder) { "\n[workspace]\n" } else { "" };
    let [rust, insta, tokio] = ["rust-version = ", "insta = { version = ", "tokio = { version = "]
        .map(|opening| quoted(&ours, opening));
    let words = [
        ("rust", rust?),
        ("insta", insta?),
        ("tokio", tokio?),
        ("root", &*root),
        ("workspace", own),
    ];
    Ok(template::with(&template::filled(template::MANIFEST, name), &words))
}

/// What stands in quotes behind the beginning of a line.
fn quoted<'t>(text: &'t str, opening: &str) -> Result<&'t str, String> {
    let rest = text.lines().find_map(|line| line.strip_prefix(opening));
    let word = rest.and_then(|rest| rest.split('"').nth(1));
    word.ok_or_else(|| format!("Cargo.toml of this checkout has no `{opening}\"..\"`"))
}

/// Whether a workspace above the folder would claim the crate.
fn is_in_a_workspace(folder: &Path) -> bool {
    let Ok(folder) = std::path::absolute(folder) else { return true };
    let is_workspace = |above: &Path| {
        let manifest = fs::read_to_string(above.join("Cargo.toml")).unwrap_or_default();
        manifest.lines().any(|line| line.starts_with("[workspace"))
    };
    folder.ancestors().skip(1).any(is_workspace)
}
