//! What is about to be written: everything is worked out before the first byte is.
//!
//! In: new files, and changes to those that are there. Out: all of it on disk, or all that stands
//! in the way, and nothing written.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::format;

/// Files to come, and why they cannot.
#[derive(Debug)]
pub(super) struct Plan {
    root: PathBuf,
    writes: Vec<Write>,
    problems: Vec<String>,
}

/// Why not everything is on disk.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// All that stands in the way; nothing was written.
    Before(Vec<String>),
    /// What was written, and at last what could not be.
    Amid(Vec<String>),
}

#[derive(Debug)]
struct Write {
    path: String,
    text: String,
    kind: Kind,
}

/// Whether a file is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    New,
    Changed,
}

impl Plan {
    /// Nothing yet, below this folder.
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), writes: Vec::new(), problems: Vec::new() }
    }

    /// A file that must not be there yet.
    pub(super) fn create(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let path = path.into();
        if self.root.join(&path).symlink_metadata().is_ok() {
            self.problems.push(format!("{path} is there already"));
        }
        let text = format::formatted(&path, text.into());
        self.writes.push(Write { path, text, kind: Kind::New });
    }

    /// A change to a file; what the edit says against it is a problem.
    pub(super) fn change(&mut self, path: &str, edit: impl FnOnce(&str) -> Result<String, String>) {
        let read = fs::read_to_string(self.root.join(path)).map_err(|error| error.to_string());
        match read.and_then(|text| edit(&text)) {
            Ok(text) => {
                let text = format::formatted(path, text);
                self.writes.push(Write { path: path.to_owned(), text, kind: Kind::Changed });
            }
            Err(problem) => self.problems.push(format!("{path}: {problem}")),
        }
    }

    /// Something that stands in the way.
    pub(super) fn refuse(&mut self, problem: impl Into<String>) {
        self.problems.push(problem.into());
    }

    /// Writes everything, and returns a line for each file; or everything that stands in the way.
    pub(super) fn write(self) -> Result<Vec<String>, Stopped> {
        if !self.problems.is_empty() {
            return Err(Stopped::Before(self.problems));
        }
        let mut written = Vec::new();
        for write in &self.writes {
            if let Err(error) = write.to(&self.root) {
                written.push(format!("failed  {}: {error}", write.path));
                return Err(Stopped::Amid(written));
            }
            written.push(write.line());
        }
        Ok(written)
    }

    /// The files to come, for tests.
    #[cfg(test)]
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.writes.iter().map(|write| (write.path.as_str(), write.text.as_str()))
    }

    /// What stands in the way, for tests.
    #[cfg(test)]
    pub(super) fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl Write {
    fn to(&self, root: &Path) -> io::Result<()> {
        let path = root.join(&self.path);
        if self.kind == Kind::Changed {
            return fs::write(path, &self.text);
        }
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        // What has appeared in the meantime is not overwritten either.
        File::create_new(path)?.write_all(self.text.as_bytes())
    }

    fn line(&self) -> String {
        let verb = if self.kind == Kind::New { "wrote  " } else { "changed" };
        format!("{verb} {}", self.path)
    }
}
