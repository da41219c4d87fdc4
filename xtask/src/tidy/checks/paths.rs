//! No file knows the machine that it was written on.

use crate::tidy::file::{File, Finding};

/// Where machines keep their people and their work; in two parts, so as not to find themselves.
const ROOTS: [&str; 4] =
    [concat!("/ho", "me/"), concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/Us", "ers/")];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    files.iter().flat_map(in_file).collect()
}

fn in_file(file: &File) -> impl Iterator<Item = Finding> {
    let lines = file.text.lines().enumerate();
    let found = lines.filter_map(|(index, line)| Some((index + 1, root_in(line)?)));
    found.map(|(line, root)| {
        let wrong = format!("a path of one machine, below `{root}`");
        file.finding(line, wrong, "make it relative to the repository")
    })
}

/// The root of an absolute path; in `https://example.org/home/` and `../work/` it is none.
fn root_in(line: &str) -> Option<&'static str> {
    let begins =
        |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || ".-_}".contains(c));
    ROOTS.into_iter().find(|root| line.match_indices(root).any(|(at, _)| begins(at)))
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn a_path_of_one_machine_is_found_in_any_file() {
        for root in ROOTS {
            let found = said(check, "docs/a.md", &format!("Text.\n\nSee `{root}me/notes`.\n"));
            assert_eq!(
                found,
                [format!(
                    "docs/a.md:3: a path of one machine, below `{root}`: \
                 make it relative to the repository"
                )]
            );
        }
    }

    #[test]
    fn addresses_and_relative_paths_are_of_no_machine() {
        let text = ROOTS.map(|root| format!("https://example.org{root} ..{root}")).concat();
        assert!(said(check, "docs/a.md", &text).is_empty());
    }
}
