//! A Rust text, formatted as the rest is; any other text as it is.
//!
//! The text goes through `rustfmt` by itself, so that no file beside it is touched. Without one it
//! stays as it is written, and `cargo fmt --check` will say so.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Formats what has the path of a Rust file.
pub(super) fn formatted(path: &str, text: String) -> String {
    match path.rsplit_once('.') {
        Some((_, "rs")) => rustfmt(&text).unwrap_or(text),
        _ => text,
    }
}

fn rustfmt(text: &str) -> Option<String> {
    let mut command = Command::new("rustfmt");
    command.args(["--edition", "2024", "--config-path"]).arg(crate::root());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    // It reads everything before it writes anything: neither side waits for the other.
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let output = child.wait_with_output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rust_text_is_formatted_by_the_rules_of_the_house() {
        let text = formatted("a/b.rs", "mod b;mod a;\nfn  f( ){}".to_owned());
        assert_eq!(text, "mod b;\nmod a;\nfn f() {}\n");
        assert_eq!(formatted("a.md", "fn  f( ){}".to_owned()), "fn  f( ){}");
    }

    #[test]
    fn what_cannot_be_formatted_stays_as_it_is() {
        assert_eq!(formatted("a.rs", "fn (".to_owned()), "fn (");
    }
}
