//! The targets of `tests/fuzz`, by name, for the binaries beside this file.
#![expect(clippy::unwrap_used, reason = "a target says what it expects by failing")]

#[path = "../../fuzz/targets/mod.rs"]
mod targets;

/// Runs one target.
///
/// # Panics
///
/// When something does not hold, which is a finding; or when there is no such target.
pub fn run(name: &str, data: &[u8]) {
    let target = targets::ALL.iter().find(|target| target.name == name);
    (target.expect("the target is listed").run)(data);
}

/// What each target begins with.
pub fn seeds() -> impl Iterator<Item = (&'static str, Vec<Vec<u8>>)> {
    targets::ALL.iter().map(|target| (target.name, (target.seeds)()))
}
