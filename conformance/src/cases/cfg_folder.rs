//! A folder of this machine's for files that hold secrets: made for one case, gone after it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::verdict::Stop;

/// A folder that nobody else uses, removed when it is dropped.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Makes one in the folder for temporary files.
    pub(super) fn new() -> Result<Self, Stop> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "auth-conformance-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        // Not `create_dir_all`: what stands there already is not ours.
        fs::create_dir(&path).map_err(|error| no_file(&path, &error))?;
        Ok(Self(path))
    }

    /// A file with this content.
    pub(super) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> Result<String, Stop> {
        let path = self.0.join(name);
        fs::write(&path, content).map_err(|error| no_file(&path, &error))?;
        Ok(self.path(name))
    }

    /// Where a file of that name is, or would be.
    pub(super) fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nobody is left to tell; the system cleans its folder for temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn no_file(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Unimplemented(format!("no file can be written at {}: {error}", path.display()))
}
