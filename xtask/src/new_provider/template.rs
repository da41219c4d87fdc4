//! The files that a provider begins as, with its name in them.
//!
//! In: a name. Out: texts. The templates are files in `template`; a word between double underscores
//! is a placeholder. Next: `workspace`, `outside`.

use super::Name;

/// The provider itself.
pub(super) const PROVIDER: &str = include_str!("template/provider.rs");
/// Its vendor, as the suite plays it.
pub(super) const IDP: &str = include_str!("template/idp.rs");
/// Its page.
pub(super) const PAGE: &str = include_str!("template/page.md");
/// The manifest of a crate of its own.
pub(super) const MANIFEST: &str = include_str!("template/outside/Cargo.toml.txt");
/// The test of a crate of its own.
pub(super) const CONFORMANCE: &str = include_str!("template/outside/conformance.rs");
/// The page of a crate of its own.
pub(super) const README: &str = include_str!("template/outside/README.md");
/// What a crate of its own keeps out of version control.
pub(super) const GITIGNORE: &str = include_str!("template/outside/gitignore.txt");

/// A template with every form of the name in its place.
pub(super) fn filled(template: &str, name: &Name) -> String {
    with(
        template,
        &[
            ("name", name.kebab()),
            ("module", &name.module()),
            ("Type", &name.type_name()),
            ("Title", &name.title()),
            ("VARIABLE", &name.variable()),
        ],
    )
}

/// A template with these words in place of their placeholders.
pub(super) fn with(template: &str, words: &[(&str, &str)]) -> String {
    words.iter().fold(template.to_owned(), |text, (placeholder, word)| {
        text.replace(&format!("__{placeholder}__"), word)
    })
}
