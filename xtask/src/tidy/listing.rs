//! Which files there are.
//!
//! In: the root. Out: every file that is tracked, or is not ignored and could be; without git, all
//! but what cargo and git keep for themselves. Next: `file`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::file::File;

/// Folders that hold no source, for the walk without git.
const SKIPPED: [&str; 2] = [".git", "target"];

/// All files, read, in order of their paths.
pub(super) fn files(root: &Path) -> Vec<File> {
    let mut paths = listed(root).unwrap_or_else(|| walked(root));
    paths.sort();
    // Git lists a deleted file until the deletion is staged: what cannot be read is not there.
    paths.iter().filter_map(|path| read(root, path)).collect()
}

/// What git knows or would add; nothing if there is no git, or the root is ignored by one around it.
fn listed(root: &Path) -> Option<Vec<String>> {
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["ls-files", "-co", "--exclude-standard", "-z"]);
    let output = git.output().ok().filter(|output| output.status.success())?;
    let names = String::from_utf8(output.stdout).ok()?;
    let paths: Vec<_> = names.split_terminator('\0').map(ToOwned::to_owned).collect();
    (!paths.is_empty()).then_some(paths)
}

/// What lies in the folders.
fn walked(root: &Path) -> Vec<String> {
    let (mut folders, mut paths) = (vec![PathBuf::new()], Vec::new());
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(root.join(&folder)).into_iter().flatten().flatten();
        for entry in entries.filter(|entry| !SKIPPED.iter().any(|name| entry.file_name() == *name))
        {
            let path = folder.join(entry.file_name());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(_) => paths.push(path.to_string_lossy().replace('\\', "/")),
                Err(_) => {}
            }
        }
    }
    paths
}

fn read(root: &Path, path: &str) -> Option<File> {
    let bytes = fs::read(root.join(path)).ok()?;
    Some(File::new(path, &String::from_utf8(bytes).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_walk_without_git_finds_sources_and_skips_what_cargo_builds() {
        let paths = walked(&crate::root());
        assert!(paths.iter().any(|path| path == "xtask/src/tidy/listing.rs"));
        assert!(paths.iter().any(|path| path == ".cargo/config.toml"));
        assert!(!paths.iter().any(|path| path.starts_with("target/") || path.starts_with(".git/")));
    }

    #[test]
    fn the_listing_is_relative_to_the_root_and_sorted() {
        let files = files(&crate::root());
        assert!(files.iter().any(|file| file.path == "xtask/src/main.rs"));
        assert!(files.is_sorted_by(|one, other| one.path < other.path));
    }
}
