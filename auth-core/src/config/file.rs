//! Secrets in files, as container platforms mount them: a path in, a text out. The only file that
//! reads files. Next: `lookup`, which asks for them.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

/// The most bytes a file may have: 64 KiB.
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

/// Reads a text of at most 64 KiB and takes one line break off its end.
///
/// Nothing but a regular file is opened: a pipe may never end, or never begin.
pub(super) fn read(path: &str) -> Result<Zeroizing<String>, Unreadable> {
    let refused = |error| Unreadable::refused(path, &error);
    let unfit =
        |reason: &'static str| Unreadable { path: Some(path.to_owned()), reason: reason.into() };
    let metadata = fs::metadata(path).map_err(refused)?;
    if !metadata.is_file() {
        return Err(unfit(if metadata.is_dir() { "is a directory" } else { "is no regular file" }));
    }
    let file = File::open(path).map_err(refused)?;
    // With room for everything at once, no part of a secret is left behind by growing.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MOST + 1));
    file.take(MOST as u64 + 1).read_to_end(&mut bytes).map_err(refused)?;
    if bytes.len() > MOST {
        return Err(unfit("is larger than 64 KiB"));
    }
    let text = str::from_utf8(&bytes).map_err(|_| unfit("is no text in UTF-8"))?;
    let line = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    if line.trim().is_empty() {
        return Err(unfit("is blank"));
    }
    Ok(Zeroizing::new(line.to_owned()))
}

impl Unreadable {
    /// What the system says of a path.
    fn refused(path: &str, error: &io::Error) -> Self {
        let reason = because(error);
        if is_like_a_path(path) {
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
