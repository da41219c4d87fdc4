//! A provider as a room of this workspace.
//!
//! In: the root and a name. Out: the plan of everything that a provider consists of, and the
//! snapshot of its decisions, which needs the plan on disk. Next: `plan`, `edit`.

use std::path::Path;
use std::process::ExitCode;

use super::plan::Plan;
use super::{Name, edit, template};
use crate::suite;

/// Where the decisions of each provider are kept.
const SNAPSHOTS: &str = "providers/tests/snapshots";

/// Everything but what only the built suite can say.
pub(super) fn plan(root: &Path, name: &Name) -> Plan {
    let mut plan = Plan::new(root);
    let (kebab, module) = (name.kebab(), name.module());
    plan.create(format!("providers/src/{module}.rs"), template::filled(template::PROVIDER, name));
    plan.create(format!("docs/providers/{kebab}.md"), template::filled(template::PAGE, name));
    plan.create(format!("conformance/src/idp/{module}.rs"), template::filled(template::IDP, name));
    plan.change("providers/Cargo.toml", |text| manifest(text, name));
    plan.change("providers/src/lib.rs", |text| declared(text, name));
    plan.change("providers/src/pages.rs", |text| paged(text, name));
    plan.change("conformance/src/idp/mod.rs", |text| {
        edit::item(text, &["pub mod "], &module, &format!("pub mod {module};"))
    });
    plan.change("conformance/src/idp/vendor.rs", |text| played(text, name));
    plan.change("CHANGELOG.md", |text| {
        edit::added(text, &format!("`auth-providers`: `{}`.", name.type_name()))
    });
    if root.join(snapshot_path(name)).exists() {
        plan.refuse(format!("{} is there already", snapshot_path(name)));
    }
    plan
}

/// Runs the suite against it, and plans the snapshot of what it decided.
pub(super) fn snapshot(root: &Path, name: &Name) -> Result<Plan, ExitCode> {
    let decisions = suite::printed(&[name.kebab(), "--format", "decisions"])?;
    let mut plan = Plan::new(root);
    plan.create(snapshot_path(name), snapshot_of(&decisions));
    Ok(plan)
}

/// What stands to be done by somebody who knows the vendor.
pub(super) fn next_steps(name: &Name) -> String {
    let (kebab, module) = (name.kebab(), name.module());
    let places = [
        (
            format!("providers/src/{module}.rs"),
            "where its keys are, how its issuer is spelt, options",
        ),
        (
            format!("conformance/src/idp/{module}.rs"),
            "which claims its tokens hold, how its keys look",
        ),
        (format!("docs/providers/{kebab}.md"), "what to copy from its dashboard"),
    ];
    let width = places.iter().map(|(path, _)| path.len()).max().unwrap_or_default();
    let places = places.map(|(path, what)| format!("  {path:width$}  {what}\n")).concat();
    format!(
        "\nIt works as it is. Hold it against what the vendor says of its tokens:\n{places}\
         After each change:\n\
         \x20 cargo xtask conformance {kebab}\n\
         \x20 cargo xtask docs\n\
         \x20 INSTA_UPDATE=always cargo test -p auth-providers    # then read the diff"
    )
}

fn manifest(text: &str, name: &Name) -> Result<String, String> {
    let kebab = name.kebab();
    let listed = edit::list(text, "default = [", ']', &format!("\"{kebab}\""))?;
    edit::feature(&listed, kebab, &format!("Access tokens of {}.", name.title()))
}

fn declared(text: &str, name: &Name) -> Result<String, String> {
    let (kebab, module, type_name) = (name.kebab(), name.module(), name.type_name());
    let is_word = |sign: char| sign.is_alphanumeric() || sign == '_';
    if text.split(|sign| !is_word(sign)).any(|word| word == type_name) {
        return Err(format!("the name `{type_name}` is in use already"));
    }
    let feature = format!("#[cfg(feature = \"{kebab}\")]");
    let module_block = format!("{feature}\nmod {module};");
    let text = edit::item(text, &["mod ", "pub mod "], &module, &module_block)?;
    let export = format!("{feature}\npub use {module}::{{{type_name}, {type_name}Builder}};");
    edit::item(&text, &["pub use "], &module, &export)
}

fn paged(text: &str, name: &Name) -> Result<String, String> {
    let (kebab, type_name) = (name.kebab(), name.type_name());
    let block = format!(
        "#[cfg(feature = \"{kebab}\")]\n\
         #[doc = include_str!(\"../../docs/providers/{kebab}.md\")]\n\
         struct {type_name};"
    );
    edit::item(text, &["struct "], &type_name, &block)
}

fn played(text: &str, name: &Name) -> Result<String, String> {
    let module = name.module();
    let text = edit::list(text, "use super::{", '}', &module)?;
    edit::list(&text, "const ROOMS: &[Vendor] = &[", ']', &format!("{module}::VENDOR"))
}

fn snapshot_path(name: &Name) -> String {
    format!("{SNAPSHOTS}/decisions__{}.snap", name.kebab())
}

/// As the test writes it.
fn snapshot_of(decisions: &str) -> String {
    format!(
        "---\nsource: providers/tests/decisions.rs\n\
         expression: \"snapshot::decisions(subject)\"\n---\n{}\n",
        decisions.trim_end()
    )
}
