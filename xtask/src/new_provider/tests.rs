//! What a scaffold consists of, without building it: `tests/new_provider.rs` does that.

use std::fs;
use std::path::PathBuf;

use super::*;

/// A folder that holds what the workspace's plan changes.
fn workspace(name: &str) -> PathBuf {
    let folder = empty(name);
    for path in [
        "providers/Cargo.toml",
        "providers/src/lib.rs",
        "providers/src/pages.rs",
        "conformance/src/idp/mod.rs",
        "conformance/src/idp/vendor.rs",
        "CHANGELOG.md",
        "Cargo.toml",
        "Cargo.lock",
    ] {
        fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
        fs::copy(crate::root().join(path), folder.join(path)).unwrap();
    }
    folder
}

fn empty(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("new-provider-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

/// What keeps a plan from being written.
fn in_the_way(plan: Plan) -> Vec<String> {
    match plan.write() {
        Err(Stopped::Before(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

/// What must hold of every file that is written.
fn is_finished(path: &str, text: &str) {
    let markers = text.matches("__").count() - text.matches("decisions__").count();
    assert_eq!(markers, 0, "{path} has a placeholder:\n{text}");
    assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path} ends with one line break");
    let is_rust = path.ends_with("rs");
    assert_eq!(format::formatted(path, text.to_owned()), text, "{path} is formatted");
    assert!(!is_rust || text.starts_with("//!"), "{path} opens with `//!`");
    assert!(!is_rust || text.parse::<proc_macro2::TokenStream>().is_ok(), "{path} is Rust");
}

#[test]
fn every_file_of_a_room_is_finished_whatever_the_name() {
    for text in ["acme", "acme-cloud", "zitadel", &format!("a-{}", "very-".repeat(7) + "x2")] {
        let folder = workspace("room");
        let plan = workspace::plan(&folder, &name(text));
        assert_eq!(plan.problems(), [""; 0], "{text}");
        assert_eq!(plan.files().count(), 9);
        for (path, text) in plan.files().filter(|(path, _)| *path != "CHANGELOG.md") {
            is_finished(path, text);
        }
        fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn a_room_is_declared_wherever_it_has_to_be() {
    let folder = workspace("declared");
    let plan = workspace::plan(&folder, &name("acme-cloud"));
    let text = |wanted: &str| plan.files().find(|(path, _)| *path == wanted).unwrap().1.to_owned();
    for (path, line) in [
        ("providers/Cargo.toml", "\nacme-cloud = []\n"),
        ("providers/Cargo.toml", "default = [\n    \"acme-cloud\",\n    \"auth0\","),
        ("providers/src/lib.rs", "#[cfg(feature = \"acme-cloud\")]\nmod acme_cloud;\n"),
        ("providers/src/lib.rs", "pub use acme_cloud::{AcmeCloud, AcmeCloudBuilder};\n"),
        ("providers/src/acme_cloud.rs", "env = \"ACME_CLOUD_DOMAIN\""),
        ("providers/src/pages.rs", "docs/providers/acme-cloud.md\")]\nstruct AcmeCloud;\n"),
        ("conformance/src/idp/mod.rs", "pub mod acme_cloud;\n"),
        ("conformance/src/idp/vendor.rs", "    acme_cloud, auth0, clerk"),
        ("conformance/src/idp/vendor.rs", "&[\n    acme_cloud::VENDOR,\n    auth0::VENDOR,"),
        ("conformance/src/idp/acme_cloud.rs", "provider: \"acme-cloud\""),
        ("CHANGELOG.md", "- `auth-providers`: `AcmeCloud`.\n"),
    ] {
        assert!(text(path).contains(line), "{path}: {line}\n{}", text(path));
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn everything_in_the_way_is_told_at_once_and_nothing_is_written() {
    let folder = workspace("conflicts");
    fs::write(folder.join("providers/src/acme.rs"), "mine").unwrap();
    let auth0 = in_the_way(workspace::plan(&folder, &name("auth0")));
    assert_eq!(auth0.len(), 5, "{auth0:#?}");
    let before = fs::read_to_string(folder.join("providers/src/lib.rs")).unwrap();
    let problems = in_the_way(workspace::plan(&folder, &name("acme")));
    assert_eq!(problems, ["providers/src/acme.rs is there already"]);
    assert_eq!(fs::read_to_string(folder.join("providers/src/acme.rs")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(folder.join("providers/src/lib.rs")).unwrap(), before);
    assert!(!folder.join("docs").exists(), "nothing is written");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn two_spellings_of_one_type_are_one_too_many() {
    let folder = workspace("types");
    workspace::plan(&folder, &name("acme2")).write().unwrap();
    let problems = in_the_way(workspace::plan(&folder, &name("acme-2")));
    assert_eq!(
        problems,
        [
            "providers/src/lib.rs: the name `Acme2` is in use already",
            "providers/src/pages.rs: `struct Acme2` is there already",
        ]
    );
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn every_file_of_a_crate_of_its_own_is_finished_and_none_is_overwritten() {
    let folder = empty("crate");
    let plan = outside::plan(&crate::root(), &name("acme-cloud"), &folder);
    let paths: Vec<_> = plan.files().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "Cargo.toml",
            "Cargo.lock",
            "src/lib.rs",
            "tests/conformance.rs",
            "README.md",
            ".gitignore"
        ]
    );
    for (path, text) in plan.files().filter(|(path, _)| *path != "Cargo.lock") {
        is_finished(path, text);
    }
    fs::write(folder.join("README.md"), "mine").unwrap();
    let problems = in_the_way(outside::plan(&crate::root(), &name("acme-cloud"), &folder));
    assert_eq!(problems, ["README.md is there already"]);
    assert!(!folder.join("Cargo.toml").exists(), "nothing is written");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_crate_inside_a_workspace_is_a_workspace_of_its_own() {
    let outer = workspace("outer");
    for (folder, own) in [(outer.join("a/b"), true), (empty("alone"), false)] {
        let plan = outside::plan(&crate::root(), &name("acme"), &folder);
        let manifest = plan.files().find(|(path, _)| *path == "Cargo.toml").unwrap().1;
        assert_eq!(manifest.contains("\n[workspace]\n"), own, "{manifest}");
        let _ = fs::remove_dir_all(folder);
    }
    fs::remove_dir_all(outer).unwrap();
}

#[test]
fn what_could_not_be_written_is_told_with_what_was() {
    let folder = empty("amid");
    let mut plan = Plan::new(&folder);
    plan.create("a", "text\n");
    plan.create("a/b", "text\n");
    let Err(Stopped::Amid(lines)) = plan.write() else { panic!("a file is no folder") };
    assert_eq!(lines[0], "wrote   a");
    assert!(lines[1].starts_with("failed  a/b: "), "{lines:?}");
    fs::remove_dir_all(folder).unwrap();
}
