//! Tables in Markdown, made from what providers say of themselves.
//!
//! In: providers. Out: the README's tables, and that of a provider's page. Next: `documents`.

use super::provider::{Choice, Provider};

/// One row a provider, with a link to its page.
pub(super) fn providers(providers: &[Provider]) -> String {
    let row = |provider: &Provider| {
        let Provider { name, type_name, docs, .. } = provider;
        let page = provider.page();
        row(&[format!("[`{name}`]({page})"), format!("`{type_name}`"), sentence(docs)])
    };
    let rows: String = providers.iter().map(row).collect();
    format!("| provider | type | what it does |\n|---|---|---|\n{rows}")
}

/// One row an option of every provider.
pub(super) fn variables(providers: &[Provider]) -> String {
    let rows: String = providers.iter().flat_map(rows_of).collect();
    format!("| provider | option | variables | given | what it is |\n|---|---|---|---|---|\n{rows}")
}

/// One row an option of one provider, with all that its documentation says first.
pub(super) fn variables_of(provider: &Provider) -> String {
    let row = |option: &Choice| {
        let name = format!("`{}`", option.name);
        row(&[name, names(option), option.to_string(), paragraph(&option.docs)])
    };
    let rows: String = provider.options.iter().map(row).collect();
    format!("| option | variables | given | what it is |\n|---|---|---|---|\n{rows}")
}

/// The first paragraph of a documentation, on one line.
pub(super) fn paragraph(docs: &str) -> String {
    let lines = docs.lines().take_while(|line| !line.trim().is_empty());
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

/// The first sentence of a documentation.
pub(super) fn sentence(docs: &str) -> String {
    let paragraph = paragraph(docs);
    paragraph.split_once(". ").map_or(paragraph.clone(), |(first, _)| format!("{first}."))
}

fn rows_of(provider: &Provider) -> impl Iterator<Item = String> {
    provider.options.iter().map(|option| {
        let [name, of] = [&option.name, &provider.name].map(|name| format!("`{name}`"));
        row(&[of, name, names(option), option.to_string(), sentence(&option.docs)])
    })
}

fn names(option: &Choice) -> String {
    let names: Vec<_> = option.sources().iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "none: set in code".to_owned() } else { names.join(", ") }
}

/// A bar would end its cell early.
fn row(cells: &[String]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::super::provider::tests::example;
    use super::*;

    #[test]
    fn every_provider_has_a_row_that_leads_to_its_page() {
        let table = providers(&example());
        let rows: Vec<_> = table.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "| [`acme`](docs/providers/acme.md) | `Acme` | Accepts tokens of ACME. |",
                "| [`zebra`](docs/providers/zebra.md) | `Zebra` | Accepts stripes. |",
            ]
        );
    }

    #[test]
    fn every_option_has_a_row_with_all_its_variables() {
        let table = variables(&example());
        let rows: Vec<_> = table.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "| `acme` | `leeway` | `ACME_LEEWAY` | default `5 * SECOND` | \
                 How far clocks may disagree: `\\|`. |",
                "| `acme` | `key` | `ACME_KEY`, `ACME_KEY_FILE`, `KEY`, `KEY_FILE` | required | \
                 The key. |",
                "| `acme` | `rule` | none: set in code | optional |  |",
            ]
        );
    }

    #[test]
    fn a_page_says_more_than_the_first_sentence() {
        let table = variables_of(&example()[0]);
        assert!(table.contains("| required | The key. Keep it. |"), "{table}");
    }
}
