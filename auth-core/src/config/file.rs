//! Files: a path in, a bounded text out. The only file that reads files.
//!
//! `read` is for secrets as container platforms mount them, `read_text` for anything else, such as a
//! key set. Next: `lookup`, which asks for secrets.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

use super::{Secret, ValueError};

/// The most bytes a secret's file may have.
const MOST: usize = 64 * 1024;

/// A file that cannot be used, in words that hold nothing of its content.
#[derive(Debug)]
pub(super) struct Unreadable {
    /// The path, unless it may be no path at all: whoever confuses `ACME_KEY` and `ACME_KEY_FILE`
    /// has a secret there.
    pub(super) path: Option<String>,
    /// What is wrong, as the end of a sentence that begins with the file.
    pub(super) reason: Cow<'static, str>,
}

/// Reads a secret of at most 64 KiB and takes one line break off its end.
pub(super) fn read(path: &str) -> Result<Zeroizing<String>, Unreadable> {
    let text = read_text(Path::new(path), MOST).map_err(|reason| Unreadable::of(path, reason))?;
    let line =
        text.strip_suffix('\n').map_or(&**text, |line| line.strip_suffix('\r').unwrap_or(line));
    if line.trim().is_empty() {
        return Err(Unreadable { path: Some(path.to_owned()), reason: "is blank".into() });
    }
    Ok(Zeroizing::new(line.to_owned()))
}

impl Secret<String> {
    /// Reads a secret from a file, as a variable whose name ends in `_FILE` does: a regular file of
    /// at most 64 KiB; one line break at its end is none of it.
    ///
    /// For options whose text may be the path of a file, such as a service account.
    ///
    /// # Errors
    ///
    /// What is wrong with the file; never what is in it.
    ///
    /// ```
    /// use auth_core::Secret;
    ///
    /// let error = Secret::from_file("/nonexistent/account.json").unwrap_err();
    /// let expected = "expected a file that can be read: /nonexistent/account.json does not exist";
    /// assert_eq!(error.to_string(), expected);
    /// ```
    pub fn from_file(path: &str) -> Result<Self, ValueError> {
        let text = read(path).map_err(|Unreadable { path, reason }| {
            let what = path.map_or_else(|| reason.to_string(), |path| format!("{path} {reason}"));
            ValueError::new(format!("a file that can be read: {what}"))
        })?;
        Ok(Self::new(text.to_string()))
    }
}

/// Reads a text of at most so many bytes; the error ends a sentence that begins with the file.
///
/// Nothing but a regular file is opened: a pipe may never end, or never begin.
pub(crate) fn read_text(path: &Path, most: usize) -> Result<Zeroizing<String>, Cow<'static, str>> {
    let metadata = fs::metadata(path).map_err(|error| because(&error))?;
    if !metadata.is_file() {
        let kind = if metadata.is_dir() { "is a directory" } else { "is no regular file" };
        return Err(kind.into());
    }
    let file = File::open(path).map_err(|error| because(&error))?;
    // With room for everything at once, no part of a secret is left behind by growing.
    let mut bytes = Zeroizing::new(Vec::with_capacity(most + 1));
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(|error| because(&error))?;
    if bytes.len() > most {
        return Err(format!("is larger than {} KiB", most / 1024).into());
    }
    let text = str::from_utf8(&bytes).map_err(|_| "is no text in UTF-8")?;
    Ok(Zeroizing::new(text.to_owned()))
}

impl Unreadable {
    /// What is wrong with the file at a path, which is shown if there is something at it.
    fn of(path: &str, reason: Cow<'static, str>) -> Self {
        if is_like_a_path(path) || Path::new(path).exists() {
            return Self { path: Some(path.to_owned()), reason };
        }
        let hidden = "its path is not shown: begin it with / or ./";
        Self { path: None, reason: format!("the file {reason} ({hidden})").into() }
    }
}

fn because(error: &io::Error) -> Cow<'static, str> {
    match error.kind() {
        ErrorKind::NotFound => "does not exist".into(),
        ErrorKind::PermissionDenied => "may not be read by this process".into(),
        _ => format!("cannot be read: {error}").into(),
    }
}

fn is_like_a_path(path: &str) -> bool {
    let relative = ["./", "../"].iter().any(|start| path.starts_with(start));
    (relative || Path::new(path).is_absolute()) && !path.contains(char::is_control)
}
