//! What is generated: which file, what it should hold, and what is wrong with what it holds.
//!
//! In: providers, and the files as they are. Out: [`Document`]s, or what has to be mended by hand
//! first. Next: `tables`, `env_example`.

use std::path::Path;
use std::{fs, io};

use super::provider::Provider;
use super::{env_example, markers, tables};

/// A file of which a part, or all, is generated.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Document {
    /// Relative to the root, with slashes.
    pub(super) path: String,
    /// What it holds; nothing if it is not there.
    pub(super) now: Option<String>,
    /// What it should hold.
    pub(super) right: String,
}

/// Reads a file, relative to the root.
type Read<'r> = &'r dyn Fn(&str) -> Option<String>;

/// All of them, sorted; or everything that is wrong with them.
pub(super) fn all(root: &Path, providers: &[Provider]) -> Result<Vec<Document>, Vec<String>> {
    made(providers, &|path| fs::read_to_string(root.join(path)).ok())
}

impl Document {
    /// Whether it is as it should be.
    pub(super) fn is_right(&self) -> bool {
        self.now.as_ref() == Some(&self.right)
    }

    /// That it is not, as a line that says where and what to do.
    pub(super) fn stale(&self) -> String {
        let (now, right) = (self.now.as_deref().unwrap_or_default(), &self.right);
        let same = now.lines().zip(right.lines()).take_while(|(now, right)| now == right).count();
        let remedy = "run `cargo xtask docs`";
        format!("{}:{}: it does not say what the providers say: {remedy}", self.path, same + 1)
    }

    /// Makes it right.
    pub(super) fn write(&self, root: &Path) -> io::Result<()> {
        fs::write(root.join(&self.path), &self.right)
    }
}

fn made(providers: &[Provider], read: Read<'_>) -> Result<Vec<Document>, Vec<String>> {
    let example = Document {
        path: ".env.example".to_owned(),
        now: read(".env.example"),
        right: env_example::file(providers),
    };
    let (mut documents, mut problems) = (vec![example], Vec::new());
    let pages = providers.iter().map(|provider| page(provider, read));
    for made in std::iter::once(readme(providers, read)).chain(pages) {
        match made {
            Ok(document) => documents.push(document),
            Err(problem) => problems.push(problem),
        }
    }
    documents.sort_by(|one, other| one.path.cmp(&other.path));
    problems.sort();
    if problems.is_empty() { Ok(documents) } else { Err(problems) }
}

fn readme(providers: &[Provider], read: Read<'_>) -> Result<Document, String> {
    let parts =
        [("providers", tables::providers(providers)), ("variables", tables::variables(providers))];
    with_parts("README.md", &parts, read)
}

fn page(provider: &Provider, read: Read<'_>) -> Result<Document, String> {
    with_parts(&provider.page(), &[("variables", tables::variables_of(provider))], read)
}

fn with_parts(path: &str, parts: &[(&str, String)], read: Read<'_>) -> Result<Document, String> {
    let Some(now) = read(path) else {
        let remedy = "write it, as docs/providers/auth0.md is written";
        return Err(format!("{path}:1: the provider has no page: {remedy}"));
    };
    let mut right = now.clone();
    for (name, part) in parts {
        right = markers::replaced(&right, name, part).ok_or_else(|| {
            format!(
                "{path}:1: no place for the table of {name}: put `<!-- {name}:begin -->` and \
                 `<!-- {name}:end -->` where it belongs, once"
            )
        })?;
    }
    Ok(Document { path: path.to_owned(), now: Some(now), right })
}

#[cfg(test)]
mod tests {
    use super::super::provider::tests::example;
    use super::*;

    const README: &str = "# A\n<!-- providers:begin -->\n<!-- providers:end -->\n\n\
                          <!-- variables:begin -->\n<!-- variables:end -->\n";
    const PAGE: &str = "# Page\n<!-- variables:begin -->\n<!-- variables:end -->\n";

    #[test]
    fn what_is_made_is_right_the_second_time() {
        let first = |path: &str| match path {
            "README.md" => Some(README.to_owned()),
            ".env.example" => None,
            _ => Some(PAGE.to_owned()),
        };
        let made_first = made(&example(), &first).unwrap();
        assert!(!made_first.iter().any(Document::is_right));
        let stale: Vec<_> = made_first.iter().map(Document::stale).collect();
        assert_eq!(
            stale,
            [
                ".env.example:1: it does not say what the providers say: run `cargo xtask docs`",
                "README.md:3: it does not say what the providers say: run `cargo xtask docs`",
                "docs/providers/acme.md:3: it does not say what the providers say: \
                 run `cargo xtask docs`",
                "docs/providers/zebra.md:3: it does not say what the providers say: \
                 run `cargo xtask docs`",
            ]
        );
        let right = |path: &str| {
            made_first.iter().find(|made| made.path == path).map(|made| made.right.clone())
        };
        let made_again = made(&example(), &right).unwrap();
        assert!(made_again.iter().all(Document::is_right));
    }

    #[test]
    fn every_missing_page_and_place_is_told_at_once() {
        let read = |path: &str| (path == "README.md").then(|| "# A\n".to_owned());
        let problems = made(&example(), &read).unwrap_err();
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert!(problems[0].starts_with("README.md:1: no place for the table of providers"));
        assert!(problems[2].starts_with("docs/providers/zebra.md:1: the provider has no page"));
    }
}
