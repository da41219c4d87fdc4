//! An item more among items of one kind, with the attributes and comments above it.

/// An item more in the first group of those that begin with one of `keywords` and a name, in the
/// order of their names. A group ends at a blank line.
pub(in crate::new_provider) fn item(
    text: &str,
    keywords: &[&str],
    name: &str,
    block: &str,
) -> Result<String, String> {
    let lines: Vec<_> = text.lines().collect();
    let items: Vec<_> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| Some((at, named(line, keywords)?)))
        .collect();
    if items.iter().any(|(_, other)| *other == name) {
        return Err(format!("`{}{name}` is there already", keywords[0]));
    }
    let Some((first, _)) = items.first() else {
        return Err(format!("there is no `{}..` to put `{name}` beside", keywords[0]));
    };
    let end = (*first..lines.len()).find(|at| lines[*at].is_empty()).unwrap_or(lines.len());
    let next = items.iter().find(|(at, other)| *at < end && *other > name);
    let at = next.map_or(end, |(at, _)| beginning(&lines, *at));
    let parts = [&lines[..at], &block.lines().collect::<Vec<_>>(), &lines[at..]];
    Ok(parts.concat().join("\n") + "\n")
}

/// The name of the item that begins on this line.
fn named<'l>(line: &'l str, keywords: &[&str]) -> Option<&'l str> {
    let rest = keywords.iter().find_map(|keyword| line.strip_prefix(keyword))?;
    rest.split(|sign: char| !(sign.is_alphanumeric() || sign == '_')).next()
}

/// The first of the attributes and comments above a line.
fn beginning(lines: &[&str], mut at: usize) -> usize {
    while at > 0 && ["#[", "///"].iter().any(|sign| lines[at - 1].starts_with(sign)) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "//! Head.\n\n#[cfg(a)]\nmod auth0;\n/// J.\n#[cfg(j)]\npub mod jwt;\n\n\
                        use x::Y;\n\nmod pages;\n";
    const MODULES: [&str; 2] = ["mod ", "pub mod "];

    fn with(name: &str) -> String {
        item(TEXT, &MODULES, name, &format!("#[cfg(n)]\nmod {name};")).unwrap()
    }

    #[test]
    fn an_item_stands_in_order_with_what_belongs_to_its_neighbours() {
        let new = with("clerk");
        assert_eq!(new, TEXT.replace("/// J.", "#[cfg(n)]\nmod clerk;\n/// J."));
        assert_eq!(with("acme"), TEXT.replace("#[cfg(a)]", "#[cfg(n)]\nmod acme;\n#[cfg(a)]"));
    }

    #[test]
    fn an_item_stays_in_its_group() {
        for name in ["okta", "zitadel"] {
            let after = format!("pub mod jwt;\n#[cfg(n)]\nmod {name};\n\nuse");
            assert!(with(name).contains(&after), "{}", with(name));
        }
        let long = "pub use a::{\n    One,\n    Two,\n};\n";
        let new = item(long, &["pub use "], "b", "pub use b::Three;").unwrap();
        assert_eq!(new, format!("{long}pub use b::Three;\n"));
    }

    #[test]
    fn an_item_that_is_there_and_a_place_that_is_not_are_told() {
        for name in ["jwt", "pages"] {
            let error = item(TEXT, &MODULES, name, "").unwrap_err();
            assert_eq!(error, format!("`mod {name}` is there already"));
        }
        let error = item("", &["mod "], "jwt", "").unwrap_err();
        assert_eq!(error, "there is no `mod ..` to put `jwt` beside");
    }
}
