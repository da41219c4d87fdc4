//! A relative link in a Markdown file leads to a file.

use std::collections::BTreeSet;
use std::iter;

use crate::tidy::file::{File, Finding};

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let there = places(files);
    // Below `src` Markdown is documentation of code, whose links rustdoc resolves.
    let pages = files.iter().filter(|file| file.is("md") && !file.path.contains("/src/"));
    pages.flat_map(|page| dead_ends(page, &there)).collect()
}

/// All files, and all folders with a file in them.
fn places(files: &[File]) -> BTreeSet<&str> {
    let paths = files.iter().map(|file| file.path.as_str());
    paths.flat_map(|path| iter::successors(Some(path), |below| folder_of(below))).collect()
}

fn folder_of(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

fn dead_ends(page: &File, there: &BTreeSet<&str>) -> Vec<Finding> {
    let dead = |(_, target): &(usize, &str)| !there.contains(resolve(&page.path, target).as_str());
    let relative = |(_, target): &(usize, &str)| !target.is_empty() && !target.contains(':');
    let found = links(&page.text).filter(relative).filter(dead);
    found
        .map(|(line, target)| {
            let wrong = format!("the link to `{target}` leads nowhere");
            page.finding(line, wrong, "link a file that exists, relative to this one")
        })
        .collect()
}

/// The targets of `[text](target)`, without their fragments, outside blocks and spans of code.
fn links(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut code = false;
    let prose = text.lines().enumerate().filter(move |(_, line)| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    });
    prose.flat_map(|(index, line)| targets(line).map(move |target| (index + 1, target)))
}

fn targets(line: &str) -> impl Iterator<Item = &str> {
    let inside = |at: usize| line[..at].matches('`').count() % 2 == 1;
    let starts = line.match_indices("](").filter(move |(at, _)| !inside(*at));
    let rests = starts.map(|(at, sign)| &line[at + sign.len()..]);
    rests.map(|rest| rest.split([')', ' ', '#']).next().unwrap_or_default())
}

/// A target as seen from the root.
fn resolve(page: &str, target: &str) -> String {
    let mut parts: Vec<_> = page.split('/').collect();
    parts.pop();
    for part in target.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let page = File::new("docs/guide/a.md", text);
        let files = [page, File::new("README.md", ""), File::new("docs/guide/b.md", "")];
        check(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_link_to_nothing_is_found() {
        assert_eq!(
            said("Text.\n[here](b.md) and [there](c.md).\n[up](../../../README.md)\n"),
            [
                "docs/guide/a.md:2: the link to `c.md` leads nowhere: \
             link a file that exists, relative to this one",
                "docs/guide/a.md:3: the link to `../../../README.md` leads nowhere: \
             link a file that exists, relative to this one",
            ]
        );
    }

    #[test]
    fn files_folders_fragments_and_addresses_are_right() {
        let text = "[a](b.md#part) [b](../../README.md) [c](..) [d](../guide/) [e](#here)\n\
                    [f](https://example.org/x.md) [g](mailto:a@example.org) [h](b.md \"title\")\n";
        assert_eq!(said(text), [""; 0]);
    }

    #[test]
    fn code_holds_no_links() {
        assert_eq!(said("```text\n[a](c.md)\n```\nAnd `[a](c.md)`.\n"), [""; 0]);
    }
}
