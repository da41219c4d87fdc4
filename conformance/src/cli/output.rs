//! Where words go: results to standard output, progress and complaints to standard error, colours
//! only to a terminal.

use std::io::{IsTerminal, Write};

/// Prints a result; a reader that went away is no reason to complain.
pub(crate) fn result(text: &str) {
    let mut out = anstream::stdout().lock();
    let _ = write!(out, "{text}");
    let _ = out.flush();
}

/// Prints a complaint.
pub(crate) fn complaint(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Shows how far a run is, on one line, if somebody is looking.
pub(crate) fn progress(ended: usize, count: usize) {
    let mut err = std::io::stderr().lock();
    if !err.is_terminal() {
        return;
    }
    let _ = if ended == count {
        write!(err, "\r\x1b[2K")
    } else {
        write!(err, "\r\x1b[2K{ended} of {count} cases")
    };
    let _ = err.flush();
}
